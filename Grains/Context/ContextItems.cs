using Microsoft.Extensions.AI;
using OrleansChat.Usage;

namespace OrleansChat.Context;

/// <summary>Sees a prompt as the fitter does.</summary>
internal static class ContextItems
{
    /// <summary>The item of a message.</summary>
    public static ContextItem Of(ChatMessage message) => new(RoleOf(message.Role), PromptTokens.Of(message))
    {
        Calls = [.. message.Contents.OfType<FunctionCallContent>().Select(call => call.CallId)],
        Results = [.. message.Contents.OfType<FunctionResultContent>().Select(result => result.CallId)],
    };

    private static ContextRole RoleOf(ChatRole role) =>
        role == ChatRole.System ? ContextRole.System : role == ChatRole.User ? ContextRole.User : ContextRole.Other;
}
