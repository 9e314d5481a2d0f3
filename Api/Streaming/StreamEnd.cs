namespace OrleansChat.Streaming;

/// <summary>Why a response's stream ends.</summary>
internal enum StreamEnd
{
    /// <summary>Everything asked for was sent.</summary>
    Complete,

    /// <summary>Everything was sent, and the last reply in it failed or was interrupted: the connection is cut after it.</summary>
    Failed,

    /// <summary>The reply began anew, after some of its text had been sent to a client that cannot be told so: cut off.</summary>
    Restarted,

    /// <summary>The conversation was deleted.</summary>
    Gone,

    /// <summary>This node stops; another has the rest.</summary>
    Leaving,

    /// <summary>What let the caller in has ended: his key was revoked, or his session or ticket ran out.</summary>
    SignedOut,
}
