namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>One event of a recorded stream, and what it means: told by who wrote the recording, not by any parser.</summary>
/// <param name="End">How many bytes of the response have come when it is complete, its empty line included.</param>
/// <param name="Text">The text that can be shown once it has come.</param>
/// <param name="FinishReason">The model's end signal, as the product names it; null where it is none.</param>
/// <param name="Usage">The usage that it reports, <c>input/output</c>, or null.</param>
public sealed record RecordedEvent(int End, string Text, string? FinishReason, string? Usage);
