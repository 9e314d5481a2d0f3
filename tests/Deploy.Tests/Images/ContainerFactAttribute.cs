using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Images;

/// <summary>A test that runs containers; skipped, with the reason, where that cannot be.</summary>
public sealed class ContainerFactAttribute : FactAttribute
{
    public ContainerFactAttribute() => Skip = Unavailable;

    private static string? Unavailable { get; } = Tool.Find(Container.Runtime) is null
        ? $"{Container.Runtime} is not installed."
        : Environment.IsPrivilegedProcess ? null : "Only root can set up a container with another user in it.";
}
