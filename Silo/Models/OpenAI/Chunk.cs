using Microsoft.Extensions.AI;

namespace OrleansChat.Models.OpenAI;

/// <summary>What one event of a Chat Completions stream says, as far as this product reads it.</summary>
/// <param name="Delta">What it adds to the reply.</param>
/// <param name="FinishReason">The model's end signal, or null.</param>
/// <param name="Usage">What the reply has cost so far, or null.</param>
/// <param name="Error">The error that it reports, or null.</param>
/// <param name="IsDone">Whether it is the <c>[DONE]</c> that ends the stream.</param>
internal readonly record struct Chunk(
    Delta Delta = default,
    ChatFinishReason? FinishReason = null,
    UsageDetails? Usage = null,
    UpstreamError? Error = null,
    bool IsDone = false);
