namespace OrleansChat.Chaos.Clients;

/// <summary>What each client of a crowd does.</summary>
internal sealed record ClientPlan
{
    /// <summary>The length of every reply, in tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>How fast the model talks, in tokens a second.</summary>
    public required double Rate { get; init; }

    /// <summary>How long a person thinks before the next message, at most; a random part of it.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a reply may take beyond its tokens before it counts as stuck.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Whether every failed request is a broken promise, and not only one that has to be repeated.</summary>
    public bool Strict { get; init; }

    /// <summary>How long a reply may take at most.</summary>
    public TimeSpan ReplyLimit => TimeSpan.FromSeconds(Tokens / Rate) + Patience;

    /// <summary>What a client says in its turn <paramref name="turn"/>, from 1.</summary>
    public string Content(int turn) => $"Tell me part {turn} of it. [demo: tokens={Tokens} rate={Rate}]";
}
