namespace OrleansChat.Benchmarks.Load;

/// <summary>What the clients do.</summary>
internal enum LoadKind
{
    /// <summary>Each asks in a conversation of its own, and reads the reply.</summary>
    Replies,

    /// <summary>Readers follow conversations whose replies somebody else has asked for, and may all be cut off and come back.</summary>
    Follow,

    /// <summary>Readers follow conversations in which nothing is said.</summary>
    Idle,
}
