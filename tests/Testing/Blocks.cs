using System.Collections.Immutable;
using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Testing;

/// <summary>Makes events and blocks for tests.</summary>
public static class Blocks
{
    /// <summary>A time without a meaning.</summary>
    public static readonly DateTimeOffset At = new(2026, 11, 21, 8, 15, 30, 250, TimeSpan.Zero);

    /// <summary>The event that creates a conversation.</summary>
    public static ConversationCreated Created(string? title = null) =>
        new(title, "demo", null, ImmutableSortedDictionary<string, string>.Empty, At) { Sequence = 1 };

    /// <summary>A user's message.</summary>
    public static MessageCreated Asked(long sequence, string content = "why?") =>
        new($"msg_{sequence}", null, MessageRole.User, content, At) { Sequence = sequence };

    /// <summary>The start of the reply to the message before.</summary>
    public static ReplyStarted Started(long sequence) =>
        new($"msg_{sequence}", $"msg_{sequence - 1}", "demo", At) { Sequence = sequence };

    /// <summary>A piece of a reply.</summary>
    public static ReplyDelta Delta(long sequence, string reply, string text) => new(reply, text) { Sequence = sequence };

    /// <summary>A reply is taken over, and goes on.</summary>
    public static ReplyContinued Continued(long sequence, string reply, int attempt = 1) => new(reply, attempt, At) { Sequence = sequence };

    /// <summary>A reply is taken over, and begins anew.</summary>
    public static ReplyRestarted Restarted(long sequence, string reply, int attempt = 1) => new(reply, attempt, At) { Sequence = sequence };

    /// <summary>The end of a reply.</summary>
    public static ReplyCompleted Completed(long sequence, string reply) =>
        new(reply, "stop", new TokenUsage(3, 4), At) { Sequence = sequence };

    /// <summary>A block of events.</summary>
    public static EventBlock Of(params ReadOnlySpan<ConversationEvent> events)
    {
        using var builder = new EventBlockBuilder();
        foreach (var next in events)
        {
            builder.Add(next);
        }

        return builder.Build();
    }

    /// <summary>A block of deltas of one reply.</summary>
    public static EventBlock Deltas(long first, string reply, params ReadOnlySpan<string> texts)
    {
        using var builder = new EventBlockBuilder();
        foreach (var text in texts)
        {
            builder.Add(Delta(first++, reply, text));
        }

        return builder.Build();
    }

    /// <summary>The block as text.</summary>
    public static string Text(this EventBlock block) => Encoding.UTF8.GetString(block.Lines.Span);

    /// <summary>The sequences and types of a block's lines, for example <c>4-9 DeltaRun</c>.</summary>
    public static IReadOnlyList<string> Outline(this EventBlock block)
    {
        var lines = new List<string>();
        foreach (var line in block)
        {
            lines.Add(line.First == line.Last ? $"{line.First} {line.Type}" : $"{line.First}-{line.Last} {line.Type}");
        }

        return lines;
    }
}
