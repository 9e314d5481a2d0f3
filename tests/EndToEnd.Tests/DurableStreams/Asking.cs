using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.DurableStreams;

/// <summary>Has replies made.</summary>
internal static class Asking
{
    /// <summary>Sends a message, waits for the end of its reply, and returns the reply's id.</summary>
    public static async Task<string> SendAndWaitAsync(this ChatApi api, string conversation)
    {
        using var reply = await api.SendAndFollowAsync(conversation, "Hi!");
        var end = await reply.UntilAsync("reply.completed");
        await reply.ToEndAsync();
        return end.Json.GetProperty("message").GetString()!;
    }
}
