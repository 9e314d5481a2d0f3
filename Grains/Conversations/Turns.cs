using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Events;
using OrleansChat.Generation;
using OrleansChat.Limiting;
using OrleansChat.Models;

namespace OrleansChat.Conversations;

/// <summary>
/// What requests for replies, and the ends of replies, come to: which events, if any. Pure. The state is the committed one, and no
/// event that starts, ends or queues a reply, or moves the head, may be on its way. This file is which events they come to,
/// <c>Turns.Answers.cs</c> what is said to a request that comes to none.
/// </summary>
/// <param name="state">The conversation.</param>
/// <param name="knows">Whether a model is configured.</param>
/// <param name="limits">How much is accepted; null for the defaults.</param>
internal sealed partial class Turns(ConversationState state, Func<string, bool> knows, LimitOptions? limits = null)
{
    private readonly LimitOptions limits = limits ?? new LimitOptions();

    /// <summary>
    /// Stores the turn's message, unless it is there, and starts its reply, unless that waits for other tools; after the running
    /// reply's end, if one runs.
    /// </summary>
    public SendResult Begin(Turn turn, EventDraft draft)
    {
        if (turn.Again is not null)
        {
            var sequence = draft.NextSequence;
            var reply = StartReply(draft, IdOf(draft), QuestionOf(turn.Again)!, ModelOf(turn), turn.Options, turn.Request, turn.Fingerprint);
            return new SendResult.Accepted(reply.Parent, reply.Message, sequence);
        }

        // There already, if a crash tore the append: the message was stored, and its reply was not.
        var torn = turn.Request is not null ? state.FindRequest(turn.Request) : null;
        var (question, stored, open) = torn is null
            ? Store(turn, draft)
            : (torn.Message, torn.Sequence, OpenCalls.After(state.Messages, torn.Message));
        if (turn.Role == MessageRole.Tool && !open.IsEmpty)
        {
            return new SendResult.Stored(question, stored, IdsOf(open));
        }

        var started = StartReply(draft, IdOf(draft), question, ModelOf(turn), turn.Options);
        return new SendResult.Accepted(question, started.Message, stored);
    }

    /// <summary>Stores the turn at the end of the queue.</summary>
    public SendResult.Queued Enqueue(Turn turn, EventDraft draft)
    {
        var (id, sequence) = (IdOf(draft), draft.NextSequence);
        var question = turn.Again is null ? null : QuestionOf(turn.Again);

        // Who looks at the running reply's branch continues it; who has gone elsewhere continues there.
        var follows = question is null && !turn.HasParent && state.Messages.Head == state.Reply!.Message;
        var parent = question ?? (turn.HasParent ? turn.Parent : follows ? null : state.Messages.Head);
        var role = question is null ? turn.Role : MessageRole.Assistant;
        draft.Add(new MessageQueued(id, role, turn.Content, parent, follows, ModelOf(turn), draft.Now, turn.Request, turn.Fingerprint)
        {
            Sequence = sequence,
            Parts = OrNull(turn.Parts),
            ToolResults = OrNull(turn.ToolResults),
            Options = turn.Options,
            Preceding = OrNull(turn.Preceding),
        });
        return question is null ? new SendResult.Queued(id, null, sequence) : new SendResult.Queued(question, id, sequence);
    }

    /// <summary>
    /// Starts what waits next, in the same append as the end before it: nothing ever waits while no reply runs, so whoever takes
    /// a reply over takes the queue over with it. What cannot start, because its model is gone, fails and lets the next one go; so does
    /// what waits for other tools.
    /// </summary>
    public void StartNext(EventDraft draft)
    {
        var last = state.LastReply;
        foreach (var next in state.Queue)
        {
            var (question, reply) = (next.Parent!, next.Id);
            if (next.Role != MessageRole.Assistant)
            {
                question = next.Id;
                var before = draft.Add(next.Preceding ?? [], next.Follows ? last : next.Parent);
                draft.Add(new MessageCreated(question, before, next.Role, next.Content!, draft.Now)
                {
                    Sequence = draft.NextSequence,
                    Parts = next.Parts,
                    ToolResults = next.ToolResults,
                });
                if (next.ToolResults is { } results && !OpenCalls.Without(OpenAfter(next.Parent, next.Preceding ?? []), results).IsEmpty)
                {
                    continue;
                }

                reply = IdOf(draft);
            }

            StartReply(draft, reply, question, next.Model, next.Options);
            if (knows(next.Model))
            {
                return;
            }

            var gone = ModelErrors.Of(ModelErrors.Gone, "The reply's model is no longer configured.");
            draft.Add(new ReplyFailed(reply, gone, TokenUsage.None, draft.Now) { Sequence = draft.NextSequence });
            last = reply;
        }
    }

    /// <summary>Deletes a message, which is not in use. Other replies to it that wait have nothing to wait for.</summary>
    public void Delete(string message, EventDraft draft)
    {
        foreach (var waiting in state.Queue.Where(queued => queued.Role == MessageRole.Assistant && queued.Parent == message))
        {
            draft.Add(new MessageUnqueued(waiting.Id, draft.Now) { Sequence = draft.NextSequence });
        }

        draft.Add(new MessageDeleted(message, draft.Now) { Sequence = draft.NextSequence });
    }

    private (string Message, long Sequence, ImmutableArray<ToolCall> Open) Store(Turn turn, EventDraft draft)
    {
        var parent = ParentOf(turn);
        var before = draft.Add(turn.Preceding, parent);
        var (id, sequence) = (IdOf(draft), draft.NextSequence);
        draft.Add(new MessageCreated(id, before, turn.Role, turn.Content!, draft.Now, turn.Request, turn.Fingerprint)
        {
            Sequence = sequence,
            Parts = OrNull(turn.Parts),
            ToolResults = OrNull(turn.ToolResults),
        });
        return (id, sequence, OpenCalls.Without(OpenAfter(parent, turn.Preceding), turn.ToolResults));
    }

    private static string IdOf(EventDraft draft) => $"msg_{draft.NextSequence}";

    private static ReplyStarted StartReply(
        EventDraft draft,
        string reply,
        string question,
        string model,
        GenerationOptions? options,
        string? request = null,
        string? fingerprint = null)
    {
        var started = new ReplyStarted(reply, question, model, draft.Now, request, fingerprint)
        {
            Sequence = draft.NextSequence,
            Options = options,
        };
        draft.Add(started);
        return started;
    }

    private string? ParentOf(Turn turn) => turn.HasParent ? turn.Parent : HeadFor(turn);

    private ImmutableArray<ToolCall> OpenAfter(string? parent, ImmutableArray<PrecedingMessage> messages) =>
        OpenCalls.After(OpenCalls.After(state.Messages, parent), messages, out _);

    private static ImmutableArray<string> IdsOf(ImmutableArray<ToolCall> calls) => [.. calls.Select(call => call.Id)];

    private static ImmutableArray<T>? OrNull<T>(ImmutableArray<T> items) => items.IsEmpty ? null : items;

    // Where the turn's message goes if it does not say: who rolls back what he sees takes the question's place.
    private string? HeadFor(Turn turn)
    {
        var head = state.Messages.Head;
        return turn.OnBusy == BusyPolicy.Rollback && head is not null && head == state.Reply?.Message
            ? state.Messages.Find(state.Messages.Find(head)!.Parent!)?.Parent
            : head;
    }

    // What a message is a reply to, or the message itself; null where that was deleted.
    private string? QuestionOf(string message) =>
        state.Messages.Find(message) is not { Role: MessageRole.Assistant } reply ? message
        : state.HasLostQuestion(message) ? null
        : reply.Parent;

    private string ModelOf(Turn turn) => turn.Model ?? state.Conversation!.Model;
}
