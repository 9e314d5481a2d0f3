using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansChat.Events;

namespace OrleansChat.Errors;

/// <summary>An error in a dialect's own words.</summary>
/// <param name="Status">The response's status.</param>
/// <param name="Body">The response's body; a text goes out as it is, as plain text.</param>
internal sealed record ErrorAnswer(int Status, JsonNode Body)
{
    /// <summary>How the body is written: on one line.</summary>
    public static readonly JsonSerializerOptions Json = new() { Encoder = ReadableEncoder.Instance };

    /// <summary>Headers that the dialect's clients look for. One that the response has already stays.</summary>
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];
}
