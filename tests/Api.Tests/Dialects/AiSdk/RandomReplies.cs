using System.Text;
using OrleansChat.Events;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>Replies of all that a reply can consist of, in any order; the same ones each time.</summary>
internal static class RandomReplies
{
    private const string Reply = "msg_3";

    private static readonly string[] Texts = ["a", " \"quoted\" ", "\n\n", "data: [DONE]", "😀", "ü", "{\"a\":1}", "\\"];

    /// <summary>So many of them.</summary>
    public static IEnumerable<EventBlock> Some(int count) => Enumerable.Range(0, count).Select(seed => One(new Random(seed)));

    /// <summary>What one of them says, refusals too.</summary>
    public static string SpokenIn(EventBlock reply)
    {
        var text = new StringBuilder();
        foreach (var line in reply)
        {
            if (line.Type.IsSpoken())
            {
                text.Append(line.Text);
            }
        }

        return text.ToString();
    }

    private static EventBlock One(Random random)
    {
        var sequence = 4L;
        var calls = 0;
        var events = new List<ConversationEvent> { Blocks.Started(3) };
        for (var pieces = random.Next(30); pieces > 0; pieces--)
        {
            var again = random.Next(1, 4);
            var kind = random.Next(7);
            for (; again > 0; again--)
            {
                events.Add(Piece(random, kind, sequence++, ref calls));
            }
        }

        events.Add(End(random, sequence));
        return Blocks.Of([.. events]);
    }

    private static ConversationEvent Piece(Random random, int kind, long sequence, ref int calls)
    {
        var text = Texts[random.Next(Texts.Length)];
        switch (kind)
        {
            case 0:
                return new ReplyReasoning(Reply, text) { Sequence = sequence };
            case 1:
                return new ReplyReasoning(Reply, random.Next(2) == 0 ? "" : text, "signature") { Sequence = sequence };
            case 2:
                return new ReplyRefusal(Reply, text) { Sequence = sequence };
            case 3 when calls < 8:
                return new ReplyToolCall(Reply, calls, random.Next(2) == 0 ? "" : text, $"call_{calls++}", "f") { Sequence = sequence };
            case 4 when calls > 0:
                return new ReplyToolCall(Reply, random.Next(calls), text) { Sequence = sequence };
            case 5:
                return Blocks.Continued(sequence, Reply);
            default:
                return Blocks.Delta(sequence, Reply, text);
        }
    }

    private static ReplyEnded End(Random random, long sequence) => random.Next(4) switch
    {
        0 => new ReplyFailed(Reply, new ReplyError("upstream_error", "It broke.", true), null, Blocks.At) { Sequence = sequence },
        1 => new ReplyCancelled(Reply, null, Blocks.At) { Sequence = sequence },
        2 => new ReplyInterrupted(Reply, null, Blocks.At) { Sequence = sequence },
        _ => Blocks.Completed(sequence, Reply),
    };
}
