using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>What a message says: a text, or parts.</summary>
/// <param name="Text">The text; null where it comes in parts.</param>
/// <param name="Parts">The parts; empty where it is a text.</param>
[JsonConverter(typeof(ChatContentConverter))]
internal sealed record ChatContent(string? Text, ImmutableArray<ChatPart> Parts);
