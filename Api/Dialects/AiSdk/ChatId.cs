using OrleansChat.Conversations;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>
/// A chat's id is the client's own, and the name under which its conversation was created; or the id of a conversation that was
/// created in another way.
/// </summary>
internal static class ChatId
{
    /// <summary>The key of a conversation's metadata under which it can be seen elsewhere.</summary>
    public const string MetadataKey = "chat_id";

    /// <summary>The name that a client's id is here, of a chat or of a message.</summary>
    public static string NameOf(string id) => $"ai:{id}";

    /// <summary>Whether this can be an id: it has to stand in a path.</summary>
    public static bool IsAllowed(string id) =>
        id.Length is >= 1 and <= Messages.ChatBody.LongestId && !id.Any(c => c is '/' or '%' || char.IsControl(c)) && id is not ("." or "..");

    /// <summary>The caller's conversation of that chat; null where there is none.</summary>
    public static async Task<ConversationId?> FindAsync(this ConversationLookup conversations, HttpContext context, string id) =>
        ConversationId.TryParse(id, out var conversation) ? conversation
        : IsAllowed(id) ? await conversations.FindByNameAsync(context, NameOf(id))
        : null;
}
