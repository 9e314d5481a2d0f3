using System.Text.Json.Serialization;

namespace OrleansChat.Dialects.PlainText;

/// <summary>How the bodies of this dialect are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChatStreamBody))]
internal sealed partial class PlainTextJson : JsonSerializerContext;
