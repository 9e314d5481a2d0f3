using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Messages;
using OrleansChat.Errors;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>A chat's messages, for a page that is opened anew.</summary>
internal static class ChatViewApi
{
    public static void MapChatView(this RouteGroupBuilder group) =>
        group.MapGet("/{id}", Read).WithSummary("Read a chat's messages, as useChat takes them").Produces<ChatView>();

    private static async Task<Results<JsonHttpResult<ChatView>, ProblemHttpResult>> Read(HttpContext context, ConversationLookup conversations, string id)
    {
        var found = await conversations.FindAsync(context, id);
        if (found is null && !ChatId.IsAllowed(id))
        {
            return Problems.ConversationNotFound();
        }

        var branch = found is { } place ? await BranchAsync(conversations.Find(new ConversationKey(context.Owner(), place))) : [];
        var messages = branch.Count == 0 ? [] : UiHistory.Of(found!.Value, branch);
        var replying = branch.Any(message => message.Status == MessageStatus.InProgress);
        return TypedResults.Json(new ChatView(id, replying, messages), AiSdkJson.Default.ChatView);
    }

    /// <summary>The messages of the active branch, oldest first; of a long one the newest.</summary>
    internal static async Task<IReadOnlyList<Message>> BranchAsync(PatientConversation conversation)
    {
        var newestFirst = new MessagesQuery(Limits.Page) { NewestFirst = true };
        var messages = await conversation.ReadBranchAsync(newestFirst, read => read.Count >= Limits.Messages);
        return [.. (messages ?? []).Reverse()];
    }
}
