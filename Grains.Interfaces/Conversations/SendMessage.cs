namespace OrleansChat.Conversations;

/// <summary>A user's message, to be stored and replied to.</summary>
/// <param name="Content">What the user says; not empty.</param>
/// <param name="Model">The model to reply; null for the conversation's.</param>
/// <param name="Request">Tells this request from all others of the conversation, so that it can be repeated; null for one that is not repeated.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.SendMessage")]
public sealed record SendMessage(
    [property: Id(0)] string Content, [property: Id(1)] string? Model, [property: Id(2)] string? Request = null);
