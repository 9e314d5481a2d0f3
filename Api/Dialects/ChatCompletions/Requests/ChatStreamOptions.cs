namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>How the reply is to be streamed.</summary>
/// <param name="IncludeUsage">Whether a chunk with the usage comes last.</param>
/// <param name="IncludeObfuscation">Whether chunks are to be padded, which they never are.</param>
internal sealed record ChatStreamOptions(bool? IncludeUsage = null, bool? IncludeObfuscation = null);
