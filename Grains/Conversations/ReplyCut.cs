namespace OrleansChat.Conversations;

/// <summary>What remains of a reply that is cancelled at an event. Lengths are in UTF-16 code units. It calls no tools then.</summary>
/// <param name="Sequence">The event's sequence.</param>
/// <param name="TextLength">How much text remains.</param>
/// <param name="ReasoningLength">How much of its thinking; null where it had none.</param>
/// <param name="RefusalLength">How much of its refusal; null where it had none.</param>
internal sealed record ReplyCut(long Sequence, int TextLength, int? ReasoningLength, int? RefusalLength);
