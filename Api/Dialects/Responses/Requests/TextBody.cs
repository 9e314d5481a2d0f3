using System.Text.Json.Serialization;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>What the text is to be like.</summary>
internal sealed record TextBody(TextFormatBody? Format, string? Verbosity);

/// <summary>The form that the text is to have.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record TextFormatBody(string? Type, string? Name, string? Description, RawJson? Schema, bool? Strict);
