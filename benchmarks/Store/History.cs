using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Benchmarks.Store;

/// <summary>Writes a conversation as the product does: turns of a question and a reply that came in small pieces.</summary>
internal sealed class History : IDisposable
{
    // A short paragraph, in tokens of English.
    private const int DeltasPerReply = 60;

    private static readonly string Question = string.Join(' ', Enumerable.Repeat("why", 25)) + "?";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly EventBlockBuilder builder = new();
    private readonly ImmutableArray<ConversationEvent>.Builder events = ImmutableArray.CreateBuilder<ConversationEvent>();
    private long head;
    private string reply = "";

    /// <summary>Which conversation it is.</summary>
    public ConversationKey Key { get; } = new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    /// <summary>How many messages it has.</summary>
    public int Messages { get; private set; }

    /// <summary>Creates it.</summary>
    public JournalAppend Create()
    {
        Add(new ConversationCreated("A title", "demo", "Be brief.", ImmutableSortedDictionary<string, string>.Empty, Now) { Sequence = ++head });
        return Take();
    }

    /// <summary>A question, and the beginning of a reply.</summary>
    public JournalAppend Start()
    {
        AddStart();
        return Take();
    }

    /// <summary>A piece of the reply.</summary>
    public JournalAppend Delta()
    {
        AddDelta();
        return Take();
    }

    /// <summary>The whole text of the reply, piece by piece.</summary>
    public JournalAppend Deltas()
    {
        for (var i = 0; i < DeltasPerReply; i++)
        {
            AddDelta();
        }

        return Take();
    }

    /// <summary>The end of the reply.</summary>
    public JournalAppend End()
    {
        AddEnd();
        return Take();
    }

    public void Dispose() => builder.Dispose();

    private void AddStart()
    {
        var question = $"msg_{head + 1}";
        Add(new MessageCreated(question, null, MessageRole.User, Question, Now) { Sequence = ++head });
        reply = $"msg_{head + 1}";
        Add(new ReplyStarted(reply, question, "demo", Now) { Sequence = ++head });
        Messages += 2;
    }

    private void AddDelta() => Add(new ReplyDelta(reply, " word") { Sequence = ++head });

    private void AddEnd() => Add(new ReplyCompleted(reply, "stop", new TokenUsage(100, DeltasPerReply), Now) { Sequence = ++head });

    private void Add(ConversationEvent next)
    {
        builder.Add(next);
        events.Add(next);
    }

    private JournalAppend Take() => new(Key, events.DrainToImmutable(), builder.Build());
}
