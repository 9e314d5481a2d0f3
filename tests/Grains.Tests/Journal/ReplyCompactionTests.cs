using System.Buffers;
using System.Text;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Grains.Tests.Journal;

public class ReplyCompactionTests
{
    [Fact]
    public void Runs_become_one_record_and_everything_else_stays()
    {
        var block = Blocks.Of(
            Blocks.Started(3),
            Blocks.Delta(4, "msg_3", "a"),
            Blocks.Delta(5, "msg_3", "b"),
            new ConversationUpdated("T", "demo", null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, Blocks.At) { Sequence = 6 },
            Blocks.Delta(7, "msg_3", "c"),
            Blocks.Completed(8, "msg_3"));

        var compact = ReplyCompaction.Compact(block);

        Assert.Equal(
            ["3 ReplyStarted", "4-5 DeltaRun", "6 ConversationUpdated", "7 ReplyDelta", "8 ReplyCompleted"],
            compact.Outline());
        Assert.Contains("""{"type":"reply.deltas","sequence":5,"message":"msg_3","lengths":[1,1],"text":"ab"}""", compact.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_of_each_kind_make_runs_of_their_own_and_calls_that_take_turns_stay_apart()
    {
        ConversationEvent[] events =
        [
            new ReplyReasoning("msg_3", "h") { Sequence = 4 },
            new ReplyReasoning("msg_3", "m\n") { Sequence = 5 },
            new ReplyReasoning("msg_3", "", "sig") { Sequence = 6 },
            new ReplyReasoning("msg_3", "x") { Sequence = 7 },
            Blocks.Delta(8, "msg_3", "a"),
            Blocks.Delta(9, "msg_3", "b"),
            new ReplyToolCall("msg_3", 0, "", "call_1", "f") { Sequence = 10 },
            new ReplyToolCall("msg_3", 0, "{\"") { Sequence = 11 },
            new ReplyToolCall("msg_3", 0, "a\"") { Sequence = 12 },
            new ReplyToolCall("msg_3", 1, "x") { Sequence = 13 },
            new ReplyToolCall("msg_3", 0, "}") { Sequence = 14 },
            new ReplyRefusal("msg_3", "N") { Sequence = 15 },
            new ReplyRefusal("msg_3", "o") { Sequence = 16 },
        ];
        var block = Blocks.Of(events);

        var compact = ReplyCompaction.Compact(block);

        Assert.Equal(
            [
                "4-5 ReasoningRun", "6 ReplyReasoning", "7 ReplyReasoning", "8-9 DeltaRun", "10 ReplyToolCall", "11-12 ToolCallRun",
                "13 ReplyToolCall", "14 ReplyToolCall", "15-16 RefusalRun",
            ],
            compact.Outline());
        Assert.Contains("""{"type":"reply.reasonings","sequence":5,"message":"msg_3","lengths":[1,3],"text":"hm\n"}""", compact.Text(), StringComparison.Ordinal);
        Assert.Contains("""{"type":"reply.tool_calls","sequence":12,"message":"msg_3","index":0,"lengths":[3,3],"arguments":"{\"a\""}""", compact.Text(), StringComparison.Ordinal);
        Assert.Equal(compact.Text(), ReplyCompaction.Compact(compact).Text());
        Assert.Equal(block.Text().TrimEnd().Split('\n'), JournalLines.Expand([compact]).Select(line => line.Text));
        for (var cursor = 4; cursor < 16; cursor++)
        {
            Assert.Equal(
                JournalLines.Expand([block.After(cursor)!]).Select(line => line.Text),
                JournalLines.Expand([compact.After(cursor)!]).Select(line => line.Text));
        }
    }

    [Fact]
    public void What_is_compact_stays_as_it_is()
    {
        var compact = ReplyCompaction.Compact(Blocks.Deltas(4, "msg_3", "a", "b", "c"));

        Assert.Equal(compact.Text(), ReplyCompaction.Compact(compact).Text());
    }

    [Fact]
    public void Neighbouring_deltas_of_two_replies_stay_apart()
    {
        var block = Blocks.Of(
            Blocks.Delta(4, "msg_3", "a"), Blocks.Delta(5, "msg_3", "b"), Blocks.Delta(6, "msg_9", "c"), Blocks.Delta(7, "msg_9", "d"));

        Assert.Equal(["4-5 DeltaRun", "6-7 DeltaRun"], ReplyCompaction.Compact(block).Outline());
    }

    [Fact]
    public void Random_deltas_split_into_exactly_the_lines_they_were_made_of()
    {
        var random = new Random(20261121);
        string[] alphabet = ["a", "\"", "\\", "\n", "\0", "ü", "€", "😀", "👩‍🚀", "\u2028", "ש", "<", "\u001f", " ", "\u007f"];
        for (var round = 0; round < 200; round++)
        {
            var texts = new string[random.Next(2, 30)];
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            }

            var block = Blocks.Deltas(5, "msg_4", texts);
            var compact = ReplyCompaction.Compact(block);

            var again = new ArrayBufferWriter<byte>();
            foreach (var line in compact)
            {
                Assert.Equal(EventType.DeltaRun, line.Type);
                Assert.Equal(string.Concat(texts), line.Text);
                DeltaRun.WriteDeltasAfter(again, line, 0);
            }

            Assert.Equal(block.Text(), Encoding.UTF8.GetString(again.WrittenSpan));
        }
    }

    [Fact]
    public void A_run_whose_lengths_do_not_fit_is_an_error()
    {
        var block = new EventBlock(4, 5, """
            {"type":"reply.deltas","sequence":5,"message":"m","lengths":[1,7],"text":"ab"}

            """u8.ToArray());

        Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var line in block)
            {
                DeltaRun.WriteDeltasAfter(new ArrayBufferWriter<byte>(), line, 0);
            }
        });
    }
}
