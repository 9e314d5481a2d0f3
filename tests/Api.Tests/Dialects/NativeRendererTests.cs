using System.Buffers;
using System.Text;
using OrleansChat.Dialects.Native;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects;

public class NativeRendererTests
{
    [Fact]
    public void An_event_goes_out_as_its_JSON_with_its_sequence_as_id()
    {
        Assert.Equal(
            """
            id: 4
            event: reply.delta
            data: {"type":"reply.delta","sequence":4,"message":"msg_3","text":"a\nb"}


            """,
            Render(merge: true, Blocks.Deltas(4, "msg_3", "a\nb")));
    }

    [Fact]
    public void Neighbouring_deltas_go_out_as_one_under_the_last_id()
    {
        Assert.Equal(
            """
            id: 6
            event: reply.delta
            data: {"type":"reply.delta","sequence":6,"message":"msg_3","text":"a\"b\"c"}


            """,
            Render(merge: true, Blocks.Deltas(4, "msg_3", "a", "\"b\"", "c")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compacted_or_not_the_frames_are_the_same(bool merge)
    {
        var block = Blocks.Of(
            Blocks.Started(3), Blocks.Delta(4, "msg_3", "ü"), Blocks.Delta(5, "msg_3", "😀"), Blocks.Completed(6, "msg_3"));

        Assert.Equal(Render(merge, block), Render(merge, ReplyCompaction.Compact(block)));
    }

    [Fact]
    public void Unmerged_every_delta_keeps_its_frame()
    {
        var frames = Render(merge: false, ReplyCompaction.Compact(Blocks.Deltas(4, "msg_3", "a", "b")));

        Assert.Equal(
            """
            id: 4
            event: reply.delta
            data: {"type":"reply.delta","sequence":4,"message":"msg_3","text":"a"}

            id: 5
            event: reply.delta
            data: {"type":"reply.delta","sequence":5,"message":"msg_3","text":"b"}


            """,
            frames);
    }

    [Fact]
    public void Deltas_of_two_replies_are_never_merged()
    {
        var frames = Render(merge: true, Blocks.Of(
            Blocks.Delta(4, "msg_3", "a"), Blocks.Delta(5, "msg_3", "b"), Blocks.Delta(6, "msg_9", "c")));

        Assert.Equal(["id: 5", "id: 6"], frames.Split('\n').Where(line => line.StartsWith("id:", StringComparison.Ordinal)));
    }

    private static string Render(bool merge, EventBlock block)
    {
        var output = new ArrayBufferWriter<byte>();
        var renderer = new NativeRenderer(merge);
        renderer.Render(block, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
