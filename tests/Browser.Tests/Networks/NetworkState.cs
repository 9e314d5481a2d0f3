namespace OrleansChat.Browser.Tests.Networks;

/// <summary>What becomes of new connections through a <see cref="Network"/>.</summary>
public enum NetworkState
{
    /// <summary>They are passed on.</summary>
    Open,

    /// <summary>They are reset.</summary>
    Cut,

    /// <summary>They are answered with 503.</summary>
    Unavailable,
}
