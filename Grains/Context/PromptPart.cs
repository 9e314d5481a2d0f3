using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Replies;
using OrleansChat.Usage;

namespace OrleansChat.Context;

/// <summary>A prompt, or the newest part of one with a note of what came before it.</summary>
/// <param name="Whole">The whole of it.</param>
/// <param name="Messages">The part: what is of the system, the note, and the newest messages.</param>
/// <param name="Note">The note, which is one of <paramref name="Messages"/>; null where there is none.</param>
internal sealed record PromptPart(ReplyRequest Whole, IReadOnlyList<ChatMessage> Messages, ChatMessage? Note)
{
    private const string Heading = "What was said before, summarised:";

    private readonly ContextItem[] items = [.. Messages.Select(ContextItems.Of)];

    /// <summary>How many tokens the part has.</summary>
    public long Tokens => items.Sum(item => item.Tokens);

    /// <summary>What of it is kept.</summary>
    public ContextFit Fit(long budget) => ContextFitter.Fit(items, budget);

    /// <summary>The part that a summary does not cover, with the summary; null where the prompt does not have it.</summary>
    public PromptPart? After(BranchSummary summary)
    {
        for (var i = 0; i < Whole.Messages.Count; i++)
        {
            if (Whole.Messages[i].MessageId == summary.FirstKept)
            {
                return new PromptPart(Whole, Whole.Messages, Note: null).With(summary.Text, i);
            }
        }

        return null;
    }

    /// <summary>What is not kept of it, but for the note.</summary>
    public IReadOnlyList<ChatMessage> Before(int start) => [.. Messages.Take(start).Where(message => message.Role != ChatRole.System)];

    /// <summary>The messages from one on, with a summary of what came before.</summary>
    public PromptPart With(string summary, int start)
    {
        var note = new ChatMessage(ChatRole.System, $"{Heading}\n\n{summary}");
        var system = Messages.Take(start).Where(message => message.Role == ChatRole.System && message != Note);
        return new PromptPart(Whole, [.. system, note, .. Messages.Skip(start)], note);
    }

    /// <summary>The prompt of what is kept, and what was left out for it.</summary>
    public FittedPrompt From(ContextFit fit)
    {
        List<ChatMessage> kept = [.. Messages.Where((message, i) => i >= fit.Start || message.Role == ChatRole.System)];
        var ids = kept.Select(message => message.MessageId).ToHashSet(StringComparer.Ordinal);
        var dropped = Whole.Messages.Select(message => message.MessageId).OfType<string>().Distinct(StringComparer.Ordinal).Count(id => !ids.Contains(id));
        return new FittedPrompt(Whole with { Messages = kept })
        {
            LeftOut = dropped == 0
                ? null
                : new MessageContext(
                    dropped,
                    kept.FirstOrDefault(message => message.MessageId is not null && message.Role != ChatRole.System)?.MessageId,
                    Note is not null,
                    PromptTokens.Of(kept) + PromptTokens.Of(Whole.Options)),
        };
    }
}
