namespace OrleansChat.Limiting;

/// <summary>How much one owner may have and do in the whole cluster; null for as much as he likes.</summary>
/// <param name="ConcurrentReplies">How many of his replies may run at once.</param>
/// <param name="RequestsPerMinute">How many requests he may make in a minute.</param>
/// <param name="Connections">How many of his connections may follow something or wait for a reply at once.</param>
/// <param name="TokensPerDay">How many tokens his replies may cost in a day (UTC), read and written together.</param>
public readonly record struct OwnerLimits(int? ConcurrentReplies, int? RequestsPerMinute, int? Connections, long? TokensPerDay)
{
    /// <summary>Whether API nodes have anything to count.</summary>
    public bool HasAtEdge => RequestsPerMinute is not null || Connections is not null;

    /// <summary>Whether conversations have anything to ask before they reply.</summary>
    public bool HasOnReplies => ConcurrentReplies is not null || TokensPerDay is not null;
}
