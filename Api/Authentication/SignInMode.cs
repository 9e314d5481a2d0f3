namespace OrleansChat.Authentication;

/// <summary>By what this node lets callers in. Before it has found out, by nothing.</summary>
internal sealed class SignInMode
{
    private volatile State state = new(HasKeys: true, HasProxy: false);

    /// <summary>Whether by keys, and what keys make.</summary>
    public bool HasKeys => state.HasKeys;

    /// <summary>Whether by a proxy's word.</summary>
    public bool HasProxy => state.HasProxy;

    /// <summary>Whether nobody signs in, and whoever is on this machine is the owner <c>local</c>.</summary>
    public bool IsLocal => !state.HasKeys && !state.HasProxy;

    /// <summary>Says by what.</summary>
    public void Set(bool keys, bool proxy) => state = new State(keys, proxy);

    private sealed record State(bool HasKeys, bool HasProxy);
}
