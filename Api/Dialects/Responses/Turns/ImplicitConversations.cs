using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>
/// Conversations that were made for responses whose callers named none. They are marked in their metadata, which this dialect does not show: when the last response of
/// one is deleted, nobody knows of it any more.
/// </summary>
internal static class ImplicitConversations
{
    private const string Key = "openai.responses";

    /// <summary>The metadata of such a conversation.</summary>
    public static ImmutableSortedDictionary<string, string> Mark { get; } = ImmutableSortedDictionary<string, string>.Empty.Add(Key, "implicit");

    /// <summary>Whether it is such a conversation.</summary>
    public static bool IsImplicit(Conversation conversation) => conversation.Metadata.ContainsKey(Key);

    /// <summary>The caller's own metadata of a conversation.</summary>
    public static ImmutableSortedDictionary<string, string> MetadataOf(Conversation conversation) => conversation.Metadata.Remove(Key);

    /// <summary>Deletes a conversation if it is such a one and has no reply any more, nor anybody who goes on with it just now.</summary>
    public static async Task DeleteIfEmptyAsync(PatientConversation conversation)
    {
        while (await conversation.GetAsync() is { Reply: null } found
            && IsImplicit(found)
            && await conversation.GetQueueAsync() is not { Messages.IsEmpty: false }
            && !await HasReplyAsync(conversation)
            && !await conversation.ExpireAsync(found.Sequence))
        {
            // Something has changed since it was looked at.
        }
    }

    private static async Task<bool> HasReplyAsync(PatientConversation conversation)
    {
        for (var query = new MessagesQuery(Requests.Pages.Most) { AllBranches = true, NewestFirst = true }; ;)
        {
            if (await conversation.GetMessagesAsync(query) is not MessagesResult.Page { Messages: [.., var last] messages } page)
            {
                return false;
            }

            if (messages.Any(message => message is { Role: MessageRole.Assistant, Model: not null }))
            {
                return true;
            }

            if (!page.HasMore)
            {
                return false;
            }

            query = query with { After = last.Id };
        }
    }
}
