using System.Text.Json.Serialization;
using OrleansChat.Dialects.AiSdk.Messages;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>How this dialect's JSON is read and written: camelCase, and whatever is not known is passed over, as clients send much that is theirs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChatBody))]
[JsonSerializable(typeof(ChatView))]
internal sealed partial class AiSdkJson : JsonSerializerContext;
