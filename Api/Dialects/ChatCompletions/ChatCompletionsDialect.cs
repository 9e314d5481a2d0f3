using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Dialects.OpenAI;
using OrleansChat.Documentation;
using OrleansChat.Errors;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>
/// OpenAI's Chat Completions (https://platform.openai.com/docs/api-reference/chat). The caller brings the whole exchange along each time;
/// underneath is a conversation, which is kept for a short while, or, with <c>store</c>, for good.
/// </summary>
internal sealed class ChatCompletionsDialect : IDialect
{
    /// <summary>How ids of completions begin.</summary>
    public const string IdPrefix = "chatcmpl-";

    public IJsonTypeInfoResolver Json => ChatCompletionsJson.Default;

    public ImmutableArray<OperationNotes> Operations => ChatCompletionsNotes.All;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("OpenAI Chat Completions").WithErrorFormat(OpenAiErrors.Instance);
        group.MapCompletions();
        group.MapStoredCompletions();
        group.MapChatModels();
    }
}
