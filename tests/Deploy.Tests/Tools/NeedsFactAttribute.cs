namespace OrleansChat.Deploy.Tests.Tools;

/// <summary>A test that needs a program of others; skipped, with the reason, where it is missing.</summary>
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(string tool) => Skip = Tool.Find(tool) is null ? $"{tool} is not installed." : null;
}

/// <inheritdoc cref="NeedsFactAttribute" />
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(string tool) => Skip = Tool.Find(tool) is null ? $"{tool} is not installed." : null;
}
