namespace OrleansChat.Testing.Suites;

/// <summary>
/// What a class of tests needs of the machine. Where that is missing, the tests that it inherits as <see cref="SuiteFactAttribute"/>
/// and <see cref="SuiteTheoryAttribute"/> are skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class RequirementAttribute : Attribute
{
    /// <summary>What is missing; null when nothing is.</summary>
    public abstract string? Unmet { get; }
}
