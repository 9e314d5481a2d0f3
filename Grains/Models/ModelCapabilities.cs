namespace OrleansChat.Models;

/// <summary>What a model can do, as it is configured.</summary>
/// <param name="Continuation">It takes a last message of the assistant for the beginning of its answer, and continues it (prefill).</param>
/// <param name="Background">It goes on with an answer that nobody reads, so that the answer can be read on later.</param>
/// <param name="Tools">It can call tools.</param>
/// <param name="Images">It can see images.</param>
public sealed record ModelCapabilities(bool Continuation = false, bool Background = false, bool Tools = true, bool Images = true);
