using System.Text.Json.Serialization;

namespace OrleansChat.Usage;

/// <summary>What the caller's replies of some days cost.</summary>
/// <param name="From">The first day (UTC).</param>
/// <param name="To">The last day (UTC).</param>
/// <param name="Data">The sums, by day and model where asked for, oldest first; groups without replies are left out.</param>
/// <param name="Total">All of it.</param>
internal sealed record UsageView(DateOnly From, DateOnly To, IReadOnlyList<UsageSumView> Data, UsageSumView Total)
{
    /// <summary>Adds up.</summary>
    public static UsageView Of(DateOnly from, DateOnly to, IReadOnlyCollection<UsageRow> rows, bool byModel, bool byDay) => new(
        from,
        to,
        [
            .. rows.GroupBy(row => (Day: byDay ? row.Day : (DateOnly?)null, Model: byModel ? row.Model : null))
                .OrderBy(group => group.Key.Day)
                .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
                .Select(group => UsageSumView.Of(group.Key.Day, group.Key.Model, [.. group])),
        ],
        UsageSumView.Of(null, null, rows));
}

/// <summary>What some replies cost.</summary>
/// <param name="Replies">How many replies asked a model, whatever became of them.</param>
/// <param name="EstimatedReplies">How many of them have an estimate among their tokens, because the model did not say.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="CachedInputTokens">How many of these came out of a cache.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="ReasoningTokens">How many of these were reasoning.</param>
/// <param name="Costs">What it cost, by currency; replies of models without prices are not in it.</param>
/// <param name="Day">Of which day (UTC); left out where days are added up.</param>
/// <param name="Model">Of which model; left out where models are added up.</param>
internal sealed record UsageSumView(
    long Replies,
    long EstimatedReplies,
    long InputTokens,
    long CachedInputTokens,
    long OutputTokens,
    long ReasoningTokens,
    IReadOnlyList<CostView> Costs,
    [property: JsonPropertyOrder(-2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? Day = null,
    [property: JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null)
{
    /// <summary>Adds up.</summary>
    public static UsageSumView Of(DateOnly? day, string? model, IReadOnlyCollection<UsageRow> rows) => new(
        rows.Sum(row => row.Replies),
        rows.Sum(row => row.EstimatedReplies),
        rows.Sum(row => row.InputTokens),
        rows.Sum(row => row.CachedInputTokens),
        rows.Sum(row => row.OutputTokens),
        rows.Sum(row => row.ReasoningTokens),
        [
            .. rows.Where(row => row.Currency is not null)
                .GroupBy(row => row.Currency!, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new CostView(group.Key, WithoutTrailingZeros(group.Sum(row => row.Cost)))),
        ],
        day,
        model);

    // A division leaves as many digits as it needs.
    private static decimal WithoutTrailingZeros(decimal amount) => amount / 1.0000000000000000000000000000m;
}

/// <summary>An amount of money.</summary>
/// <param name="Currency">The currency, as the configuration names it.</param>
/// <param name="Amount">How much; exact, not rounded.</param>
internal sealed record CostView(string Currency, decimal Amount);
