using Microsoft.Extensions.AI;

namespace OrleansChat.Models;

/// <summary>A configured model.</summary>
/// <param name="Info">What callers see of it.</param>
/// <param name="Client">
/// How to stream from it. The stream yields text in the model's own pieces, and usage where the model tells it; thinking as
/// <see cref="TextReasoningContent"/>, calls of tools as <see cref="ToolCallPiece"/>, refusals as <see cref="RefusalPiece"/>; it carries a
/// finish reason if and only if the model itself signalled its end, and throws <see cref="ModelException"/> for every fault of
/// the model, <see cref="OperationCanceledException"/> only for the caller's own cancellation. An update's
/// <see cref="ChatResponseUpdate.ModelId"/> is the name of the configured model that answers, where it is not this one; else null.
/// </param>
/// <param name="FirstTokenTimeout">How long to wait for the first piece, with all that the client tries before it comes.</param>
/// <param name="SilenceTimeout">How long to wait for each further piece.</param>
/// <param name="TakeOver">What becomes of its reply when the process that reads it is gone.</param>
public sealed record Model(
    ModelInfo Info, IChatClient Client, TimeSpan FirstTokenTimeout, TimeSpan SilenceTimeout, TakeOver TakeOver = TakeOver.Restart)
{
    /// <summary>How long an answer may take in all. Default 30 minutes.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What becomes of its reply when it breaks off in the middle.</summary>
    public OnBreak OnBreak { get; init; }

    /// <summary>What it can do.</summary>
    public ModelCapabilities Capabilities { get; init; } = new();

    /// <summary>How conversations are fitted to its window; null where that is not configured, and they are sent whole.</summary>
    public ModelContext? Context { get; init; }

    /// <summary>How many tokens an answer may have; null for as many as the model makes.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What its tokens cost; null where that is not configured.</summary>
    public ModelPrices? Prices { get; init; }

    /// <summary>Whether it could be asked at this moment, as far as this silo knows.</summary>
    public Func<bool> IsAvailable { get; init; } = static () => true;
}
