using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Conversations;

/// <summary>The body of <c>POST /v1/conversations/{id}</c>.</summary>
internal sealed record UpdateMetadataBody : IRequestBody<UpdateMetadataBody>
{
    public static string Shape => "{\"metadata\": {key: text}}";

    public static JsonTypeInfo<UpdateMetadataBody> TypeInfo => ResponsesJson.Default.UpdateMetadataBody;

    /// <summary>The caller's notes, all of them; null for none.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    public void Validate() => Rules.Metadata(Metadata);
}
