using System.Text;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Events;

public class EventBlockTests
{
    private static readonly EventBlock Turn = Blocks.Of(
        Blocks.Asked(2),
        Blocks.Started(3),
        Blocks.Delta(4, "msg_3", "Be"),
        Blocks.Delta(5, "msg_3", "cause"),
        Blocks.Delta(6, "msg_3", " \"ü\n😀\""),
        Blocks.Completed(7, "msg_3"));

    [Fact]
    public void A_block_walks_through_its_lines_in_order()
    {
        Assert.Equal(
            ["2 MessageCreated", "3 ReplyStarted", "4 ReplyDelta", "5 ReplyDelta", "6 ReplyDelta", "7 ReplyCompleted"],
            Turn.Outline());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_every_cursor_exactly_the_rest_is_left(bool compact)
    {
        var block = compact ? ReplyCompaction.Compact(Turn) : Turn;
        var lines = Turn.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var cursor = 0L; cursor <= 8; cursor++)
        {
            var rest = block.After(cursor);

            var expected = lines.Skip((int)Math.Max(0, cursor - 1)).ToArray();
            if (expected.Length == 0)
            {
                Assert.Null(rest);
                continue;
            }

            Assert.Equal(Math.Max(2, cursor + 1), rest!.First);
            Assert.Equal(7, rest.Last);
            Assert.Equal(expected, Expanded(rest));
        }
    }

    [Fact]
    public void Through_a_sequence_whole_lines_are_left()
    {
        var compact = ReplyCompaction.Compact(Turn);

        Assert.Same(Turn, Turn.Through(7));
        Assert.Equal(["2 MessageCreated", "3 ReplyStarted", "4 ReplyDelta"], Turn.Through(4)!.Outline());
        Assert.Equal(["2 MessageCreated", "3 ReplyStarted"], compact.Through(5)!.Outline());
        Assert.Equal(["2 MessageCreated", "3 ReplyStarted", "4-6 DeltaRun"], compact.Through(6)!.Outline());
        Assert.Null(Turn.Through(1));
    }

    [Theory]
    [InlineData("{\"type\":\"reply.delta\",\"sequence\":3,\"message\":\"m\",\"text\":\"t\"}\n")]
    [InlineData("{\"sequence\":2,\"type\":\"reply.delta\",\"message\":\"m\",\"text\":\"t\"}\n")]
    [InlineData("{\"type\":\"reply.delta\",\"sequence\":2,\"message\":\"m\",\"text\":\"t\"}")]
    [InlineData("{\"type\":\"reply.delta\",\"sequence\":2,\"message\":\"m\",\"te\n")]
    [InlineData("\n")]
    public void A_line_that_is_not_canonical_or_out_of_order_is_an_error_that_names_the_event(string lines)
    {
        var block = new EventBlock(2, 2, Encoding.UTF8.GetBytes(lines));

        var error = Assert.Throws<InvalidDataException>(() => block.Outline());
        Assert.Contains("event 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_a_line_is_what_was_said()
    {
        var texts = new List<string>();
        foreach (var line in ReplyCompaction.Compact(Turn))
        {
            if (line.Type == EventType.DeltaRun)
            {
                texts.Add(line.Text);
            }
        }

        Assert.Equal(["Because \"ü\n😀\""], texts);
    }

    private static string[] Expanded(EventBlock block)
    {
        var output = new StringBuilder();
        foreach (var line in block)
        {
            if (line.Type == EventType.DeltaRun)
            {
                var deltas = new System.Buffers.ArrayBufferWriter<byte>();
                DeltaRun.WriteDeltasAfter(deltas, line, 0);
                output.Append(Encoding.UTF8.GetString(deltas.WrittenSpan));
            }
            else
            {
                output.Append(Encoding.UTF8.GetString(line.Json)).Append('\n');
            }
        }

        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
