using System.Buffers;
using System.Text;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;

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
