using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Documentation;
using OrleansChat.Errors;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>
/// What <c>useChat</c> of the AI SDK (https://ai-sdk.dev), versions 5 to 7, speaks with its server: chats under ids of the client's own, and
/// UI message streams.
/// </summary>
internal sealed class AiSdkDialect : IDialect
{
    public IJsonTypeInfoResolver Json => AiSdkJson.Default;

    public ImmutableArray<OperationNotes> Operations => AiSdkOperations.All;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat").WithTags("AI SDK").WithErrorFormat(AiSdkErrors.Instance);
        group.MapChat();
        group.MapChatView();
        group.MapChatStreams();
    }
}
