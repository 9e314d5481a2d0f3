using System.Text.Json.Serialization;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>A tool. Only functions are carried out by callers, and so only they are known.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record FunctionBody(string? Type, string? Name, string? Description, RawJson? Parameters, bool? Strict);
