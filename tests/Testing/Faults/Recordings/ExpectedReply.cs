namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>What a reply must be, letter by letter.</summary>
/// <param name="Text">The text.</param>
/// <param name="FinishReason">The model's end signal; null where the reply may not count as complete.</param>
/// <param name="Usage">The usage, <c>input/output</c>; null where none is known, or the reply fails.</param>
/// <param name="Error">The code with which it fails; null where it is complete, or waits.</param>
public sealed record ExpectedReply(string Text, string? FinishReason, string? Usage, string? Error);
