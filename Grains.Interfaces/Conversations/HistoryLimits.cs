namespace OrleansChat.Conversations;

/// <summary>How much a conversation may have in its life.</summary>
/// <param name="Messages">How many messages, on all branches, deleted ones too.</param>
/// <param name="Bytes">How many bytes (UTF-8) of what messages and attributes say.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.HistoryLimits")]
public sealed record HistoryLimits([property: Id(0)] int Messages, [property: Id(1)] long Bytes);
