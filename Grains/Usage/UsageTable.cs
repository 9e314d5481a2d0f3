using System.Collections.Immutable;
using OrleansChat.Events;

namespace OrleansChat.Usage;

/// <summary>Adds up entries by day, model and currency.</summary>
public sealed class UsageTable
{
    private readonly Dictionary<(DateOnly Day, string Model, string? Currency), UsageRow> rows = [];

    /// <summary>Adds an entry.</summary>
    public void Add(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var key = (entry.Day, entry.Model, entry.Cost?.Currency);
        var row = rows.GetValueOrDefault(key) ?? new UsageRow(key.Day, key.Model, key.Currency, 0, 0, 0, 0, 0, 0, 0);
        TokenUsage usage = entry.Usage;
        rows[key] = row with
        {
            Replies = row.Replies + 1,
            EstimatedReplies = row.EstimatedReplies + (usage.Estimated ? 1 : 0),
            InputTokens = row.InputTokens + usage.InputTokens,
            CachedInputTokens = row.CachedInputTokens + (usage.CachedInputTokens ?? 0),
            OutputTokens = row.OutputTokens + usage.OutputTokens,
            ReasoningTokens = row.ReasoningTokens + (usage.ReasoningTokens ?? 0),
            Cost = row.Cost + (entry.Cost?.Amount ?? 0),
        };
    }

    /// <summary>The sums, by day, model and currency, in this order.</summary>
    public ImmutableArray<UsageRow> ToRows() =>
    [
        .. rows.Values.OrderBy(row => row.Day)
            .ThenBy(row => row.Model, StringComparer.Ordinal)
            .ThenBy(row => row.Currency, StringComparer.Ordinal),
    ];
}
