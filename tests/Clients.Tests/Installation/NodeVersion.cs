namespace OrleansChat.Clients.Tests.Installation;

/// <summary>Which Node.js runs a script.</summary>
public enum NodeVersion
{
    /// <summary>Node 22, which comes with the packages: what the newest clients need.</summary>
    Node22,

    /// <summary>The machine's own, whichever it is; 20 or newer.</summary>
    Installed,
}
