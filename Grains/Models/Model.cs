using Microsoft.Extensions.AI;

namespace OrleansChat.Models;

/// <summary>A configured model.</summary>
/// <param name="Info">What callers see of it.</param>
/// <param name="Client">
/// How to stream from it. The stream yields text in the model's own pieces, and usage where the model tells it; thinking as
/// <see cref="TextReasoningContent"/>, calls of tools as <see cref="ToolCallPiece"/>, refusals as <see cref="RefusalPiece"/>; it carries a
/// finish reason if and only if the model itself signalled its end, and throws <see cref="ModelException"/> for every fault of
/// the model, <see cref="OperationCanceledException"/> only for the caller's own cancellation.
/// </param>
/// <param name="FirstTokenTimeout">How long to wait for the first piece.</param>
/// <param name="SilenceTimeout">How long to wait for each further piece.</param>
/// <param name="TakeOver">What becomes of its reply when the process that reads it is gone.</param>
public sealed record Model(
    ModelInfo Info, IChatClient Client, TimeSpan FirstTokenTimeout, TimeSpan SilenceTimeout, TakeOver TakeOver = TakeOver.Restart);
