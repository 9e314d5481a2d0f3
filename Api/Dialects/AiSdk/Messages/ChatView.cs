namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>A chat as a page shows it that is opened anew.</summary>
/// <param name="Id">The chat's id.</param>
/// <param name="Replying">Whether a reply runs, which is to be had from the chat's stream and is not among the messages.</param>
/// <param name="Messages">The messages of the active branch, oldest first: the newest of them, if there are too many.</param>
internal sealed record ChatView(string Id, bool Replying, IReadOnlyList<UiMessage> Messages);
