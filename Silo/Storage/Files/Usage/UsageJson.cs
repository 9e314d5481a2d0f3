using System.Text.Json.Serialization;
using OrleansChat.Events;
using OrleansChat.Usage;

namespace OrleansChat.Storage.Files.Usage;

/// <summary>How an entry becomes a line and back.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(LedgerEntry))]
internal sealed partial class UsageJson : JsonSerializerContext;
