using OrleansChat.Testing.Npm;

namespace OrleansChat.Clients.Tests.Installation;

/// <summary>A test that runs packages of npm; skipped, with the reason, where they cannot be installed.</summary>
public sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute() => Skip = ClientPackages.Unmet;
}

/// <inheritdoc cref="ClientFactAttribute" />
public sealed class ClientTheoryAttribute : TheoryAttribute
{
    public ClientTheoryAttribute() => Skip = ClientPackages.Unmet;
}
