using System.Collections.Immutable;
using System.Globalization;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Testing.Journal;

/// <summary>Writes the events of one conversation, and knows what its journal must hold and say after them.</summary>
public sealed class ConversationScript(ConversationKey key)
{
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<ConversationEvent> pending = [];
    private string reply = "";

    public ConversationKey Key { get; } = key;

    /// <summary>Each event's line, without the line feed, of all that was taken.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The sequence of the last event written, taken or not.</summary>
    public long Head { get; private set; }

    /// <summary>What a store must say of the conversation after all that was taken.</summary>
    public Conversation? Summary { get; private set; }

    private DateTimeOffset Now => Start.AddMilliseconds(Head);

    public ConversationScript Created(string? title = "A title", bool transient = false)
    {
        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add("colour", "blå");
        return Add(new ConversationCreated(title, "echo", "Be brief.", metadata, Now) { Sequence = ++Head, Transient = transient });
    }

    public ConversationScript Updated(string? title)
    {
        var metadata = ImmutableSortedDictionary<string, string>.Empty;
        return Add(new ConversationUpdated(title, "echo-2", System: null, metadata, Now) { Sequence = ++Head });
    }

    public ConversationScript Asked(string text = "Why?") =>
        Add(new MessageCreated(Id("msg_"), Parent: null, MessageRole.User, text, Now) { Sequence = ++Head });

    /// <summary>A message is gone.</summary>
    public ConversationScript Deleted(string message) => Add(new MessageDeleted(message, Now) { Sequence = ++Head });

    public ConversationScript Started()
    {
        reply = Id("reply_");
        return Add(new ReplyStarted(reply, "msg_1", "echo", Now) { Sequence = ++Head });
    }

    public ConversationScript Said(params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            Add(new ReplyDelta(reply, piece) { Sequence = ++Head });
        }

        return this;
    }

    /// <summary>Each kind of piece but text, in pieces, and calls that take turns.</summary>
    public ConversationScript DidMore(int pieces)
    {
        for (var i = 0; i < pieces; i++)
        {
            Add(new ReplyReasoning(reply, $"Hm \"{i}\"\n ü") { Sequence = ++Head });
        }

        Add(new ReplyReasoning(reply, "", "c2lnbmF0dXJl") { Sequence = ++Head });
        for (var call = 0; call < 2; call++)
        {
            Add(new ReplyToolCall(reply, call, "", $"call_{call}", "get_weather") { Sequence = ++Head });
            for (var i = 0; i < pieces; i++)
            {
                Add(new ReplyToolCall(reply, call, $"\"{i}\"") { Sequence = ++Head });
            }
        }

        Add(new ReplyToolCall(reply, 0, "}") { Sequence = ++Head });
        return Add(new ReplyRefusal(reply, "No") { Sequence = ++Head }).Add(new ReplyRefusal(reply, ".") { Sequence = ++Head });
    }

    public ConversationScript Completed() =>
        Add(new ReplyCompleted(reply, "stop", new TokenUsage(3, 5), Now) { Sequence = ++Head });

    /// <summary>Ends the reply as a model's that is to be paid, at a time of the test's choice.</summary>
    public ConversationScript Paid(string model, TokenUsage usage, ReplyCost? cost = null, DateTimeOffset? at = null) =>
        Add(new ReplyCompleted(reply, "stop", usage, at ?? Now) { Sequence = ++Head, AnsweredBy = model, Cost = cost });

    /// <summary>The same for a reply that was cancelled.</summary>
    public ConversationScript CancelledFor(string model, TokenUsage usage) =>
        Add(new ReplyCancelled(reply, usage, Now) { Sequence = ++Head, AnsweredBy = model });

    public ConversationScript Interrupted() => Add(new ReplyInterrupted(reply, Usage: null, Now) { Sequence = ++Head });

    /// <summary>What was written since the last time, as one append.</summary>
    public JournalAppend Take()
    {
        using var builder = new EventBlockBuilder();
        foreach (var next in pending)
        {
            builder.Add(next);
            Summary = Conversation.Apply(Key.Id, Summary, next);
        }

        var append = new JournalAppend(Key, [.. pending], builder.Build());
        pending.Clear();
        Lines.AddRange(JournalLines.Expand([append.Block]).Select(line => line.Text));
        return append;
    }

    private ConversationScript Add(ConversationEvent next)
    {
        pending.Add(next);
        return this;
    }

    private string Id(string prefix) => prefix + (Head + 1).ToString(CultureInfo.InvariantCulture);
}
