using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.Responses;

/// <summary>
/// What a response tells again of its request and no model needs to know. Stands in the journal with the reply, as
/// <see cref="GenerationOptions.Notes"/>.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ResponseNotes
{
    /// <summary>The <c>include</c> by which callers ask for what a model's provider wants back.</summary>
    public const string Signatures = "reasoning.encrypted_content";

    private static readonly ResponseNotes None = new();

    /// <summary>The response that it follows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousResponseId { get; init; }

    /// <summary>Whether its caller named the conversation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InConversation { get; init; }

    /// <summary>Whether nobody waits for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Background { get; init; }

    /// <summary>Whether it is to be kept; missing for yes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Store { get; init; }

    /// <summary>The caller's own notes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <summary>What else answers have; missing where the request had not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Include { get; init; }

    /// <summary>Which summaries of its thinking were asked for; missing where the thinking itself is shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningSummary { get; init; }

    /// <summary>What to do with what does not fit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Truncation { get; init; }

    /// <summary>How urgent it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ServiceTier { get; init; }

    /// <summary>Whom the caller asks for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? User { get; init; }

    /// <summary>Whom the caller asks for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SafetyIdentifier { get; init; }

    /// <summary>What is asked alike.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PromptCacheKey { get; init; }

    /// <summary>How many tools of the server may be called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxToolCalls { get; init; }

    /// <summary>Whether what a model's provider wants back is told.</summary>
    [JsonIgnore]
    public bool TellsSignatures => Include?.Contains(Signatures) == true;

    /// <summary>The notes of a reply; none where it was asked for in another dialect.</summary>
    public static ResponseNotes Of(GenerationOptions? options)
    {
        try
        {
            return options?.Notes is { } notes ? JsonSerializer.Deserialize(notes.Text, ResponsesJson.Default.ResponseNotes) ?? None : None;
        }
        catch (JsonException)
        {
            // Somebody else's notes, in another form.
            return None;
        }
    }

    /// <summary>The notes as they stand in the journal.</summary>
    public RawJson ToJson() => new(JsonSerializer.Serialize(this, ResponsesJson.Default.ResponseNotes));
}
