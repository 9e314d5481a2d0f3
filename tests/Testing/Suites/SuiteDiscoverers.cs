using Xunit.Abstractions;
using Xunit.Sdk;

namespace OrleansChat.Testing.Suites;

/// <summary>
/// Finds the cases of <see cref="SuiteFactAttribute"/>. xunit 2 skips by a method's own attribute, and an inherited method has the
/// same one in every class.
/// </summary>
internal sealed class SuiteFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute) =>
        Unmet(testMethod) is { } reason
            ? new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod,
                reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);

    internal static string? Unmet(ITestMethod testMethod) =>
        testMethod.TestClass.Class.ToRuntimeType()
            .GetCustomAttributes(typeof(RequirementAttribute), inherit: true)
            .Cast<RequirementAttribute>()
            .Select(requirement => requirement.Unmet)
            .FirstOrDefault(reason => reason is not null);
}

/// <summary>Finds the cases of <see cref="SuiteTheoryAttribute"/>.</summary>
internal sealed class SuiteTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo theoryAttribute) =>
        SuiteFactDiscoverer.Unmet(testMethod) is { } reason
            ? CreateTestCasesForSkip(discoveryOptions, testMethod, theoryAttribute, reason)
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
