using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Dialects.ChatCompletions.Answers;
using OrleansChat.Dialects.ChatCompletions.Requests;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>How the JSON of this dialect is read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChatCompletionBody))]
[JsonSerializable(typeof(ChatCompletionView))]
[JsonSerializable(typeof(ChatModelListView))]
[JsonSerializable(typeof(ImmutableArray<ChatPart>))]
internal sealed partial class ChatCompletionsJson : JsonSerializerContext;
