using Microsoft.Extensions.Logging;
using OrleansChat.Titles;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    // After the first exchange only: who has removed a title does not want one, and a crash costs a title and nothing else.
    private async Task NameAsync(string reply)
    {
        // Nobody sees the title of a transient conversation.
        if (!titles.IsEnabled || state.IsTransient || FirstExchange(reply) is not var (question, answer))
        {
            return;
        }

        // The grain's work is done, and so it may be collected meanwhile; the title would be lost.
        DelayDeactivation(TitleMaker.Patience);
        try
        {
            var title = await titles.MakeAsync(question, answer, state.Conversation!.Model);
            if (title is null)
            {
                return;
            }

            await SettleAsync();
            if (state.Conversation is { Title: null } current && !journal.IsBroken)
            {
                await SetAttributesAsync(current with { Title = title });
                await CompactAsync();
            }
        }
        catch (Exception e)
        {
            // This activation has come to its end, for whatever reason; nobody waits for a title.
            LogNotNamed(logger, e, key);
        }
        finally
        {
            if (pump is null)
            {
                DelayDeactivation(TimeSpan.Zero);
            }
        }
    }

    private (string Question, string Answer)? FirstExchange(string reply)
    {
        var index = state.Messages.PositionOf(reply);
        if (index < 0
            || state.Conversation is not { Title: null }
            || state.Messages.All.Count(IsAnswer) != 1
            || !IsAnswer(index))
        {
            return null;
        }

        // What tools have answered is not what somebody asked.
        var answer = state.Messages[index];
        var question = answer.Parent is null ? null : state.Messages.Find(answer.Parent);
        while (question is { Role: not MessageRole.User, Parent: { } before })
        {
            question = state.Messages.Find(before);
        }

        return question is null ? null : (question.Content, answer.Content);
    }

    private bool IsAnswer(int position) =>
        state.Messages[position] is { Role: MessageRole.Assistant, Status: MessageStatus.Completed, Content.Length: > 0 };

    [LoggerMessage(LogLevel.Warning, "{Conversation} was not given its title.")]
    private static partial void LogNotNamed(ILogger logger, Exception exception, ConversationKey conversation);
}
