using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Dialects.OpenAI;
using OrleansChat.Dialects.Responses.Conversations;
using OrleansChat.Dialects.Responses.Items;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Turns;
using OrleansChat.Documentation;
using OrleansChat.Errors;

namespace OrleansChat.Dialects.Responses;

/// <summary>OpenAI's Responses and Conversations. What they mean here: docs/openai-responses.md.</summary>
internal sealed class ResponsesDialect : IDialect
{
    public IJsonTypeInfoResolver Json => ResponsesJson.Default;

    public ImmutableArray<OperationNotes> Operations => [.. ResponseOperations.All, .. ConversationOperations.All];

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ItemLookup>();
        services.AddSingleton<ItemReferences>();
        services.AddSingleton<ResponseLookup>();
        services.AddSingleton<ResponseReading>();
        services.AddSingleton<ResponseTurns>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("OpenAI Responses").WithErrorFormat(OpenAiErrors.Instance);
        group.MapResponses();
        group.MapConversationResources();
    }
}
