using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.CrossDialect;

/// <summary>Finds out where a reply is.</summary>
internal static class PlacesOf
{
    /// <summary>The conversation that an answer names, and the reply in it.</summary>
    public static async Task<(string Conversation, string Reply)> ReplyInAsync(ChatApi api, HttpResponseMessage response)
    {
        var conversation = response.Headers.TryGetValues("X-Conversation-Id", out var named)
            ? named.Single()
            : response.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[2];
        return (conversation, (await api.LastMessageAsync(conversation)).GetProperty("id").GetString()!);
    }
}
