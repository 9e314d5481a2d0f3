using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>Which of a conversation's branches is the active one.</summary>
internal static class BranchApi
{
    public static void MapBranches(this RouteGroupBuilder group) =>
        group.MapPut("/{id}/head", Move).WithSummary("Make another branch the active one").Accepts<MoveHeadBody>("application/json");

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> Move(
        HttpContext context, ConversationLookup conversations, string id)
    {
        var expected = IfMatch.Read(context.Request);
        var body = await context.Request.ReadBodyAsync<MoveHeadBody>();
        if (!conversations.TryFind(context, id, out var conversation, out _))
        {
            return Problems.ConversationNotFound();
        }

        switch (await conversation.MoveHeadAsync(body.ToRequest(expected)))
        {
            case MoveHeadResult.Moved moved:
                IfMatch.Tell(context.Response, moved.Conversation.Head);
                return TypedResults.Ok(ConversationView.Of(moved.Conversation));
            case MoveHeadResult.Unexpected unexpected:
                IfMatch.Tell(context.Response, unexpected.Head);
                return Problems.UnexpectedHead(unexpected.Head);
            case MoveHeadResult.UnknownMessage:
                return Problems.UnknownMessage("'message' names no message of this conversation.");
            default:
                return Problems.ConversationNotFound();
        }
    }
}
