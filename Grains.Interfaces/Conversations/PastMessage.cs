namespace OrleansChat.Conversations;

/// <summary>A message that a caller brings along when it creates a conversation.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Content">What was said.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.PastMessage")]
public sealed record PastMessage([property: Id(0)] MessageRole Role, [property: Id(1)] string Content);
