namespace OrleansChat.Testing.Faults;

/// <summary>How a connection ends, or does not, where its response is cut.</summary>
public enum FaultEnding
{
    /// <summary>The response is not cut.</summary>
    None,

    /// <summary>The sender closes the connection: what it sent arrives, and then the end (FIN).</summary>
    Fin,

    /// <summary>The connection is reset (RST), after all that was sent has been taken by the receiver.</summary>
    Reset,

    /// <summary>Nothing comes any more, and the connection stays.</summary>
    Stall,
}
