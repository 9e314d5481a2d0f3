using System.Text.Json.Serialization;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>The end of a reply.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Sequence">The sequence of the event that ended it.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Blocks">How many blocks it has; any beyond are void.</param>
/// <param name="At">When (UTC).</param>
internal sealed record ReplyEndedView(string Message, long Sequence, MessageStatus Status, int Blocks, DateTimeOffset At)
{
    /// <summary>Why the model stopped; null unless completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FinishReason { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplyError? Error { get; init; }

    /// <summary>What it cost in tokens.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? Usage { get; init; }

    /// <summary>What it cost by the prices of the time; null where the model has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplyCost? Cost { get; init; }

    /// <summary>The model that answered, where that is not the one that was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AnsweredBy { get; init; }

    /// <inheritdoc cref="ReplyCancelled.TextLength"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TextLength { get; init; }

    /// <inheritdoc cref="ReplyCancelled.ReasoningLength"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ReasoningLength { get; init; }

    /// <inheritdoc cref="ReplyCancelled.RefusalLength"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RefusalLength { get; init; }

    /// <summary>Shows the end of a reply.</summary>
    /// <param name="ended">How it ended.</param>
    /// <param name="blocks">How many blocks it has.</param>
    public static ReplyEndedView Of(ReplyEnded ended, int blocks)
    {
        var cut = ended as ReplyCancelled;
        return new ReplyEndedView(ended.Message, ended.Sequence, StatusOf(ended), blocks, ended.At)
        {
            FinishReason = (ended as ReplyCompleted)?.FinishReason,
            Error = (ended as ReplyFailed)?.Error,
            Usage = ended.Usage,
            Cost = ended.Cost,
            AnsweredBy = ended.AnsweredBy,
            TextLength = cut?.TextLength,
            ReasoningLength = cut?.ReasoningLength,
            RefusalLength = cut?.RefusalLength,
        };
    }

    private static MessageStatus StatusOf(ReplyEnded ended) => ended switch
    {
        ReplyCompleted => MessageStatus.Completed,
        ReplyFailed => MessageStatus.Failed,
        ReplyCancelled => MessageStatus.Cancelled,
        _ => MessageStatus.Interrupted,
    };
}
