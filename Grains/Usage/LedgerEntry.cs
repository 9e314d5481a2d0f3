using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Usage;

/// <summary>What one reply cost. A function of the event that ends the reply, so that it can be made as often as need be and is always the same.</summary>
/// <param name="Conversation">The conversation's id.</param>
/// <param name="Message">The reply's id.</param>
/// <param name="At">When it ended (UTC), to the millisecond, as the journal has it.</param>
/// <param name="Model">The model that was asked.</param>
/// <param name="Usage">What it cost in tokens.</param>
/// <param name="Cost">What it cost in money; null where the model has no prices.</param>
public sealed record LedgerEntry(string Conversation, string Message, DateTimeOffset At, string Model, TokenUsage Usage, ReplyCost? Cost)
{
    /// <summary>The day to which it is put (UTC).</summary>
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>The entry of a reply; null for one that never asked a model here: nobody is to be charged for what he imports.</summary>
    public static LedgerEntry? Of(ConversationId conversation, ReplyEnded end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end is { Usage: { } usage, AnsweredBy: { } model, Imported: false }
            ? new LedgerEntry(conversation.Value, end.Message, ToStored(end.At), model, usage, end.Cost)
            : null;
    }

    private static DateTimeOffset ToStored(DateTimeOffset at) =>
        new(at.UtcDateTime.AddTicks(-(at.UtcDateTime.Ticks % TimeSpan.TicksPerMillisecond)), TimeSpan.Zero);
}
