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

    private static async Task<List<Message>> BranchAsync(PatientConversation conversation)
    {
        var newestFirst = new List<Message>();
        var query = new MessagesQuery(Limits.Page) { NewestFirst = true };
        while (newestFirst.Count < Limits.Messages && await conversation.GetMessagesAsync(query) is MessagesResult.Page { Messages: [.., var last] } page)
        {
            newestFirst.AddRange(page.Messages);
            if (!page.HasMore)
            {
                break;
            }

            query = query with { After = last.Id };
        }

        newestFirst.Reverse();
        return newestFirst;
    }
}
