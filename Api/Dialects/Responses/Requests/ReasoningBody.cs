using System.Text.Json.Serialization;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>How much thinking there is to be, and how it is told.</summary>
/// <param name="Effort">How much.</param>
/// <param name="Summary">Which summaries of it are asked for; then thinking comes under the name of a summary.</param>
/// <param name="GenerateSummary">The same by its former name.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ReasoningBody(string? Effort, string? Summary, string? GenerateSummary);
