namespace OrleansChat.Search;

/// <summary>A whole message to be found, or one that is not to be found any more.</summary>
/// <param name="Message">The message's id.</param>
/// <param name="Sequence">The sequence of the event with which it was whole, or deleted.</param>
/// <param name="Text">What it says; null once it is deleted.</param>
public sealed record MessageText(string Message, long Sequence, string? Text);
