namespace OrleansChat.Delivery;

/// <summary>Who watches a conversation: a node, and which of its feeds. A node that stops watching and starts again does so as another feed.</summary>
/// <param name="Node">The node to whose stream events go.</param>
/// <param name="Feed">The feed's number, unique within the node.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.Watcher")]
public sealed record Watcher([property: Id(0)] NodeId Node, [property: Id(1)] long Feed);
