namespace OrleansChat.Models.Routing;

/// <summary>Whether an endpoint is asked.</summary>
internal enum CircuitState
{
    /// <summary>It is.</summary>
    Closed,

    /// <summary>It failed too often, and is left alone.</summary>
    Open,

    /// <summary>One request tries whether it is back; all others stay away.</summary>
    HalfOpen,
}
