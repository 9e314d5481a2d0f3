using OrleansChat.Errors;
using OrleansChat.Owners;

namespace OrleansChat.Conversations;

/// <summary>Begins conversations with a turn in them: nobody is to find one that was refused its first.</summary>
internal static class Beginnings
{
    /// <summary>Creates a conversation, or finds the one of that name, and takes a turn in it. What came to nothing is taken back.</summary>
    /// <typeparam name="TTurn">What a turn comes to.</typeparam>
    /// <param name="conversations">The conversations.</param>
    /// <param name="context">The request.</param>
    /// <param name="creation">The conversation, with what was said before.</param>
    /// <param name="take">Takes the turn in the conversation as it was created or found; a second time, where that is gone by then.</param>
    /// <param name="resultOf">What the conversation says to a turn.</param>
    /// <returns>What came of the creation, and of the turn: null where there is no conversation.</returns>
    public static async Task<(CreateResult Creation, TTurn? Turn)> BeginAsync<TTurn>(
        this ConversationLookup conversations,
        HttpContext context,
        CreateConversation creation,
        Func<PatientConversation, Conversation, Task<TTurn>> take,
        Func<TTurn, SendResult> resultOf)
        where TTurn : class
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var result = await conversations.CreateAsync(context, creation);
            if (result is not CreateResult.Created { Conversation: var created })
            {
                return (result, null);
            }

            var conversation = conversations.Find(new ConversationKey(context.Owner(), created.Id));
            TTurn turn;
            try
            {
                turn = await take(conversation, created);
            }
            catch (Exception e) when (e is InvalidRequestException or OperationCanceledException)
            {
                await conversation.TakeBackAsync(creation, created);
                throw;
            }

            switch (resultOf(turn))
            {
                case SendResult.NotFound when !isSecond:
                    // Another request of the same name was refused, and has taken it back before this one could go on with it.
                    continue;
                case SendResult.Accepted or SendResult.Queued:
                    return (result, turn);
                default:
                    await conversation.TakeBackAsync(creation, created);
                    return (result, turn);
            }
        }
    }
}
