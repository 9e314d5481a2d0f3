using OrleansChat.Generation;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>The form that the reply is to have.</summary>
/// <param name="Type">Which form.</param>
/// <param name="JsonSchema">The schema of <c>json_schema</c>.</param>
internal sealed record ChatResponseFormat(string? Type, ChatJsonSchema? JsonSchema = null);

/// <summary>A schema that the reply is to follow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Schema">The JSON schema.</param>
/// <param name="Strict">Whether the reply must follow it to the letter.</param>
internal sealed record ChatJsonSchema(string? Name, string? Description = null, RawJson? Schema = null, bool? Strict = null);
