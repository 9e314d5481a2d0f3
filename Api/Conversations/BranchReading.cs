namespace OrleansChat.Conversations;

/// <summary>Reads over several pages what is to be of one moment, whatever happens to the conversation meanwhile.</summary>
internal static class BranchReading
{
    /// <summary>Reads a branch page by page, until it ends or there is enough. Where the active one is read, and another becomes it meanwhile, what was begun is read on.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="first">The first page.</param>
    /// <param name="isEnough">Whether no more pages are wanted after these messages.</param>
    /// <returns>The messages; null where there is no such conversation, or none of the messages that the query names.</returns>
    public static async Task<IReadOnlyList<Message>?> ReadBranchAsync(
        this PatientConversation conversation, MessagesQuery first, Func<IReadOnlyList<Message>, bool> isEnough)
    {
        while (true)
        {
            var messages = new List<Message>();
            var query = first;
            MessagesResult result;
            while ((result = await conversation.GetMessagesAsync(query)) is MessagesResult.Page page)
            {
                messages.AddRange(page.Messages);
                if (!page.HasMore || isEnough(messages))
                {
                    return messages;
                }

                query = query with { Head = query.Head ?? page.Head, After = page.Messages[^1].Id };
            }

            if (result is not MessagesResult.UnknownMessage || query == first)
            {
                return null;
            }

            // The message that the branch ended with, or the page, was deleted meanwhile: what is left is read from the beginning.
        }
    }
}
