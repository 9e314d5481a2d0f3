using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>The product's conversation without its grain: a journal that is kept, and a state that a crash takes away.</summary>
internal sealed class ConversationUnderTest(HashSet<string> models)
{
    private static readonly ScriptedChatClient Nobody = new();

    private readonly ConversationId id = ConversationId.New(TimeProvider.System);
    private readonly List<ConversationEvent> journal = [];
    private Turns turns = null!;
    private Appends appends = null!;

    public ConversationState State { get; private set; } = null!;

    public EventBlock Journal => Blocks.Of([.. journal]);

    public static ConversationUnderTest Create(HashSet<string> models)
    {
        var created = new ConversationUnderTest(models);
        created.journal.Add(Blocks.Created());
        created.Reopen(compacted: false);
        return created;
    }

    /// <summary>Reads the journal anew.</summary>
    public void Reopen(bool compacted)
    {
        State = new ConversationState(id);
        turns = new Turns(State, models.Contains);
        appends = new Appends(State);
        foreach (var line in compacted && !IsReplying ? ReplyCompaction.Compact(Journal) : Journal)
        {
            State.Apply(line);
        }
    }

    public void TakeOver(TakeOver how)
    {
        if (State.Reply is { } open)
        {
            var model = models.Contains(open.Model)
                ? new Model(new ModelInfo(open.Model, "tests", IsDefault: false), Nobody, TimeSpan.Zero, TimeSpan.Zero, how)
                : null;
            Commit(draft =>
            {
                var next = TakeOverDecision.Make(open, State.ReplyText, State.ReplyHasOnlyText, model, new TakeOverOptions(), draft.NextSequence, draft.Now);
                draft.Add(next);
                if (next is ReplyEnded)
                {
                    turns.StartNext(draft);
                }
            });
        }
    }

    /// <summary>Asks for a reply.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="isLost">Whether a crash comes before what comes of it is durable.</param>
    public string Take(RandomRequest request, bool isLost = false)
    {
        var turn = request.ToTurn();
        var result = turns.Answer(turn);
        if (result is null)
        {
            Commit(
                draft =>
                {
                    if (State.Reply is { } running && turn.OnBusy != BusyPolicy.Queue)
                    {
                        draft.Add(new ReplyCancelled(running.Message, null, draft.Now) { Sequence = draft.NextSequence });
                    }

                    result = State.Reply is not null && turn.OnBusy == BusyPolicy.Queue ? turns.Enqueue(turn, draft) : turns.Begin(turn, draft);
                    if (State.Reply is not null && turn.OnBusy != BusyPolicy.Queue && draft.Started is null)
                    {
                        turns.StartNext(draft);
                    }
                },
                isLost);
        }

        return result switch
        {
            SendResult.Accepted a => $"accepted {a.Message} {a.Reply} {a.Sequence}",
            SendResult.Stored s => $"stored {s.Message} {s.Sequence} {string.Join('|', s.OpenCalls)}",
            SendResult.UnknownCall u => $"unknown call {u.Call}",
            SendResult.NoReply => "nothing to reply to",
            SendResult.Queued q => $"queued {q.Message} {q.Reply} {q.Sequence}",
            SendResult.Busy b => $"busy {b.Reply}",
            SendResult.QueueFull => "full",
            SendResult.UnexpectedHead u => $"unexpected {u.Head}",
            SendResult.UnknownMessage => "unknown",
            SendResult.OtherRequest => "other request",
            SendResult.Unqueued => "unqueued",
            SendResult.UnknownModel => "no model",
            var other => other!.ToString(),
        };
    }

    public void Hear(RandomPiece piece) => Commit(draft =>
    {
        var reply = State.Messages.PositionOf(State.Reply!.Message);
        draft.Add(piece.ToEvent(State.Reply.Message, State.MessageAt(reply).ToolCalls.Length, draft.NextSequence));
    });

    public void End(ReplyOutcome outcome) => Commit(draft =>
    {
        draft.Add(outcome.ToEvent(draft.NextSequence, State.Reply!.Message, draft.Now));
        turns.StartNext(draft);
    });

    public string CancelAt(int at)
    {
        if (State.Reply is null || at == State.LastCut)
        {
            return at == State.LastCut ? "done" : "ended";
        }

        if (State.CutAt(at) is not { } cut)
        {
            return $"outside {State.ReplyTextFrom} {State.Sequence}";
        }

        End(new ReplyOutcome.Cancelled { Cut = cut });
        return "done";
    }

    public string MoveHead(string message, bool toLeaf, string? expected)
    {
        if (State.Messages.PositionOf(message) < 0)
        {
            return "unknown";
        }

        var head = toLeaf ? State.Messages.NewestAfter(message) : message;
        if (head != State.Messages.Head)
        {
            if (!turns.IsExpected(expected is null ? [] : [expected]))
            {
                return $"unexpected {State.Messages.Head}";
            }

            Commit(draft => draft.Add(new HeadMoved(head, draft.Now) { Sequence = draft.NextSequence }));
        }

        return $"moved {State.Conversation!.Head}";
    }

    public string Append(RandomAppend append, bool isLost = false)
    {
        var request = append.ToRequest();
        var result = appends.Answer(request);
        if (result is null)
        {
            Commit(draft => result = appends.Store(request, draft), isLost);
        }

        return result switch
        {
            AppendResult.Appended a => $"appended {string.Join('|', a.Ids)} {a.Sequence}",
            AppendResult.Busy b => $"busy {b.Reply}",
            AppendResult.UnknownMessage => "unknown",
            AppendResult.UnknownCall u => $"unknown call {u.Call}",
            AppendResult.OtherRequest => "other request",
            var other => other!.ToString(),
        };
    }

    public string Delete(string message)
    {
        if (State.WasDeleted(message) || State.Messages.PositionOf(message) < 0)
        {
            return State.WasDeleted(message) ? "deleted" : "unknown";
        }

        if (State.IsInUse(message))
        {
            return "in use";
        }

        Commit(draft => turns.Delete(message, draft));
        return "deleted";
    }

    public bool Unqueue(string message)
    {
        if (State.Queue.Any(queued => queued.Id == message))
        {
            Commit(draft => draft.Add(new MessageUnqueued(message, draft.Now) { Sequence = draft.NextSequence }));
        }

        return State.WasUnqueued(message);
    }

    private bool IsReplying =>
        journal.FindLastIndex(next => next is ReplyStarted) > journal.FindLastIndex(next => next is ReplyEnded);

    private void Commit(Action<EventDraft> make, bool isLost = false)
    {
        var draft = new EventDraft(State.Sequence + 1, Blocks.At);
        make(draft);
        foreach (var next in isLost ? [] : draft.Events)
        {
            journal.Add(next);
            State.Apply(next);
        }
    }
}
