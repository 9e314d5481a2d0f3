using Xunit;
using Xunit.Sdk;

namespace OrleansChat.Testing.Suites;

/// <summary>A test of an abstract suite, which some of the suite's classes may have to skip (<see cref="RequirementAttribute"/>).</summary>
[XunitTestCaseDiscoverer("OrleansChat.Testing.Suites." + nameof(SuiteFactDiscoverer), "OrleansChat.Testing")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteFactAttribute : FactAttribute;

/// <inheritdoc cref="SuiteFactAttribute" />
[XunitTestCaseDiscoverer("OrleansChat.Testing.Suites." + nameof(SuiteTheoryDiscoverer), "OrleansChat.Testing")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteTheoryAttribute : TheoryAttribute;
