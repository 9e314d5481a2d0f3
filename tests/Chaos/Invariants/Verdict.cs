namespace OrleansChat.Chaos.Invariants;

/// <summary>What a look at everything afterwards has found.</summary>
internal sealed record Verdict
{
    /// <summary>How many conversations there were.</summary>
    public required int Conversations { get; init; }

    /// <summary>How many messages were accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>How many events the journals hold.</summary>
    public required long Events { get; init; }

    /// <summary>How many messages the journals hold twice: sent again after no answer, and accepted both times.</summary>
    public required int SentTwice { get; init; }

    /// <summary>How the replies ended; <c>running</c> for those that have not.</summary>
    public required IReadOnlyDictionary<string, int> Ends { get; init; }

    /// <summary>How many replies were taken over at least once.</summary>
    public required int TakenOver { get; init; }

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }
}
