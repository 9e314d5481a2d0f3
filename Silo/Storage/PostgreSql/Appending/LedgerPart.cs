using Npgsql;
using NpgsqlTypes;
using OrleansChat.Usage;

namespace OrleansChat.Storage.PostgreSql.Appending;

/// <summary>
/// The part of <see cref="AppendStatement"/> that puts what replies cost into the ledger. In the same statement as their ends: what fences off
/// an append fences off its entries, and what commits one commits the other. Only statements that end replies have it.
/// </summary>
internal sealed class LedgerPart
{
    /// <summary>Goes between the statement's other parts and its result.</summary>
    public const string Sql = """
        , ledger AS (
            INSERT INTO orleanschat.usage (owner, conversation, day, ended_at, message, model, input_tokens, output_tokens,
                cached_input_tokens, reasoning_tokens, estimated, amount, currency)
            SELECT a.owner, a.id, u.day, u.ended_at, u.message, u.model, u.input_tokens, u.output_tokens,
                u.cached_input_tokens, u.reasoning_tokens, u.estimated, u.amount, u.currency
            FROM heads h
            JOIN appends a USING (place)
            JOIN unnest($11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) AS u (place, day, ended_at, message, model,
                input_tokens, output_tokens, cached_input_tokens, reasoning_tokens, estimated, amount, currency) USING (place)
        )
        """;

    private readonly List<(long Place, LedgerEntry Entry)> entries = [];

    private LedgerPart()
    {
    }

    /// <summary>The ledger's part of some appends; null where no reply ends with them.</summary>
    public static LedgerPart? From(IReadOnlyList<PreparedAppend> appends)
    {
        LedgerPart? part = null;
        for (var i = 0; i < appends.Count; i++)
        {
            foreach (var entry in appends[i].Ledger ?? [])
            {
                (part ??= new LedgerPart()).entries.Add((i + 1, entry));
            }
        }

        return part;
    }

    /// <summary>Adds the parameters, after those of the other parts.</summary>
    public void AddTo(NpgsqlCommand command)
    {
        Add(command, NpgsqlDbType.Bigint, static item => item.Place);
        Add(command, NpgsqlDbType.Date, static item => item.Entry.Day);
        Add(command, NpgsqlDbType.TimestampTz, static item => item.Entry.At.UtcDateTime);
        Add(command, NpgsqlDbType.Text, static item => item.Entry.Message);
        Add(command, NpgsqlDbType.Text, static item => item.Entry.Model);
        Add(command, NpgsqlDbType.Bigint, static item => item.Entry.Usage.InputTokens);
        Add(command, NpgsqlDbType.Bigint, static item => item.Entry.Usage.OutputTokens);
        Add(command, NpgsqlDbType.Bigint, static item => item.Entry.Usage.CachedInputTokens);
        Add(command, NpgsqlDbType.Bigint, static item => item.Entry.Usage.ReasoningTokens);
        Add(command, NpgsqlDbType.Boolean, static item => item.Entry.Usage.Estimated);
        Add(command, NpgsqlDbType.Numeric, static item => item.Entry.Cost?.Amount);
        Add(command, NpgsqlDbType.Text, static item => item.Entry.Cost?.Currency);
    }

    private void Add<T>(NpgsqlCommand command, NpgsqlDbType type, Func<(long Place, LedgerEntry Entry), T> value) =>
        command.Parameters.Add(new NpgsqlParameter<T[]>
        {
            TypedValue = [.. entries.Select(value)],
            NpgsqlDbType = NpgsqlDbType.Array | type,
        });
}
