using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>What waits in a conversation.</summary>
/// <param name="Messages">Everything that waits, the next first.</param>
/// <param name="Limit">How many may wait.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.MessageQueue")]
public sealed record MessageQueue([property: Id(0)] ImmutableArray<QueuedMessage> Messages, [property: Id(1)] int Limit);
