namespace OrleansChat.Conversations;

/// <summary>What a branch was about up to a message, as a model summarised it.</summary>
/// <param name="Text">The summary.</param>
/// <param name="FirstKept">The id of the first message that it does not cover.</param>
internal sealed record BranchSummary(string Text, string FirstKept);
