namespace OrleansChat.Search;

/// <summary>A whole message to be found.</summary>
/// <param name="Message">The message's id.</param>
/// <param name="Sequence">The sequence of the event with which it was whole.</param>
/// <param name="Text">What it says.</param>
public sealed record MessageText(string Message, long Sequence, string Text);
