using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;

namespace OrleansChat.Conversations;

/// <summary>What a caller gets who has asked for a conversation.</summary>
internal static class CreateResults
{
    /// <summary>Why there is none.</summary>
    public static ProblemHttpResult RefusalOf(CreateResult result) => result switch
    {
        CreateResult.UnknownModel unknown => Problems.UnknownModel(unknown.Known),
        CreateResult.HistoryFull full => Problems.HistoryFull(full.Limits.Messages, full.Limits.Bytes),
        CreateResult.OtherRequest => Problems.KeyOfAnotherRequest(),
        CreateResult.NotFound => Problems.ConversationNotFound(),
        _ => throw new InvalidOperationException($"A new conversation met {result.GetType().Name}."),
    };
}
