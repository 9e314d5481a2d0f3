using Microsoft.Extensions.AI;
using OrleansChat.Models.Anthropic;
using OrleansChat.Models.Demo;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Responses;

namespace OrleansChat.Models;

/// <summary>Makes the clients of endpoints.</summary>
internal static class ModelClients
{
    /// <summary>The client of one endpoint.</summary>
    /// <param name="options">The endpoint, as the settings of a model that has no other.</param>
    /// <param name="time">The clock.</param>
    public static IChatClient Create(ModelOptions options, TimeProvider time) => options.Provider switch
    {
        ModelProviders.Demo => new DemoChatClient(options.TokensPerSecond, time),
        ModelProviders.Anthropic => new AnthropicChatClient(options, time),
        ModelProviders.OpenAIResponses => new ResponsesChatClient(options, time),
        _ => new OpenAiChatClient(options, time),
    };

    /// <summary>A word for who runs the models of an endpoint.</summary>
    public static string OwnerOf(ModelOptions options) => options.OwnedBy ?? options.Provider switch
    {
        ModelProviders.Demo => DemoChatClient.OwnedBy,
        ModelProviders.Anthropic => AnthropicChatClient.OwnedBy,
        _ => options.Endpoint is null ? OpenAiChatClient.OwnedBy : OpenAiChatClient.OwnedByOthers,
    };
}
