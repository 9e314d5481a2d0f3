using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Events;
using OrleansChat.Testing;
using static OrleansChat.Api.Tests.Dialects.AiSdk.Rendering;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>A reply that begins anew on another server.</summary>
public class RestartTests
{
    [Fact]
    public void Who_has_some_of_it_is_told_that_it_is_void()
    {
        var chunks = Render(Reply, Blocks.Of(
            Blocks.Started(3), Blocks.Delta(4, "msg_3", "old"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "new"), Blocks.Completed(7, "msg_3")));

        Assert.Equal(["start", "start-step", "text-start", "text-delta", "error", "finish"], chunks.Select(chunk => chunk.Type));
    }

    [Fact]
    public void Who_has_none_of_it_yet_gets_the_new_one()
    {
        var chunks = Render(Reply, Blocks.Of(
            Blocks.Started(3), Blocks.Continued(4, "msg_3"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "new"), Blocks.Completed(7, "msg_3")));

        Assert.Equal("new", StrictClient.Read(chunks));
        Assert.Equal(["start", "start-step", "data-status", "data-status"], chunks.Take(4).Select(chunk => chunk.Type));
    }

    [Fact]
    public void Who_comes_later_gets_the_last_one_and_its_chunks_count_from_there()
    {
        var block = Blocks.Of(
            Blocks.Started(3),
            Blocks.Delta(4, "msg_3", "old"),
            Blocks.Restarted(5, "msg_3"),
            Blocks.Delta(6, "msg_3", "older"),
            Blocks.Delta(7, "msg_3", "?"),
            Blocks.Restarted(8, "msg_3", 2),
            Blocks.Delta(9, "msg_3", "new"),
            Blocks.Completed(10, "msg_3"));
        var scan = Scan(Reply, block);

        var all = UiChunk.Read(Frames(Reply, [block], scan: scan));

        Assert.Equal(8, scan.Void["msg_3"].Through);
        Assert.Equal("new", StrictClient.Read(all));
        Assert.Equal(all.Count, scan.Chunks);
        Assert.Equal(all.Skip(5), UiChunk.Read(Frames(Reply, [block], skip: 5, scan: scan)));
    }

    [Theory]
    [InlineData("msg_3")]
    [InlineData("msg_20")]
    [InlineData("msg_3 msg_20")]
    public void Of_a_message_of_several_steps_only_those_are_void_that_began_anew(string restarted)
    {
        var events = Steps(restarted);
        var (scan, calm) = (Scan(Whole, events), UiChunk.Read(Frames(Whole, [Steps("")])));

        var all = UiChunk.Read(Frames(Whole, [events], scan: scan));

        Assert.Equal("So? Well.", StrictClient.Read(all));
        Assert.Equal(all.Count, scan.Chunks);
        Assert.Equal(calm.Select(chunk => chunk.Type), all.Select(chunk => chunk.Type).Where(type => type != "data-status"));
        for (var i = 0; i < all.Count; i++)
        {
            Assert.Equal(all.Skip(i), UiChunk.Read(Frames(Whole, [events], skip: i, scan: scan)));
            if (all[i].Id is { } id)
            {
                Assert.Equal(all.Skip(i + 1), UiChunk.Read(Frames(Whole, [events], seen: id, scan: scan)));
            }
        }
    }

    [Fact]
    public void Only_who_has_something_void_is_refused()
    {
        var events = Steps("msg_20");
        var scan = Scan(Whole, events);

        // In the first step, at the second one's start, in what is void of it, and in what came in its place.
        Assert.Equal([null, null, 409, 409, null, null], new long[] { 4, 20, 21, 24, 25, 26 }.Select(seen => new StreamStart(null, seen).Refuse(scan)?.StatusCode));

        // What was void had five chunks: the beginning of a text, and four pieces of it. What came in its place has six.
        var common = Array.FindLastIndex([.. UiChunk.Read(Frames(Whole, [events], scan: scan))], chunk => chunk.Id == 20) + 1;
        Assert.Equal([null, 409, 409, null], new long[] { common, common + 1, common + 5, common + 6 }.Select(index => new StreamStart(index, 0).Refuse(scan)?.StatusCode));
        Assert.Null(new StreamStart(-3, 0).Refuse(scan));
    }

    private static UiReply Whole { get; } = new(Key, "msg_19", "msg_20", 2) { Earlier = ["msg_3", "msg_19"] };

    // A step that calls a tool, what that answers, and a step that is told; each is lost once, if it is to be.
    private static EventBlock Steps(string restarted)
    {
        var events = new List<ConversationEvent>();
        long at = 3;
        events.Add(Blocks.Started(at));
        if (restarted.Contains("msg_3", StringComparison.Ordinal))
        {
            events.Add(Blocks.Delta(++at, "msg_3", "lost"));
            events.Add(Blocks.Restarted(++at, "msg_3"));
        }

        events.Add(Blocks.Delta(++at, "msg_3", "So?"));
        events.Add(new ReplyToolCall("msg_3", 0, "{}", "call_a", "f") { Sequence = ++at });
        events.Add(new ReplyCompleted("msg_3", "tool_calls", null, Blocks.At) { Sequence = ++at });
        while (at < 18)
        {
            events.Add(Blocks.Delta(++at, "msg_99", "another's"));
        }

        events.Add(new MessageCreated("msg_19", "msg_3", MessageRole.Tool, "", Blocks.At) { Sequence = ++at, ToolResults = [new ToolResult("call_a", "12")] });
        events.Add(Blocks.Started(++at));
        if (restarted.Contains("msg_20", StringComparison.Ordinal))
        {
            events.Add(Blocks.Delta(++at, "msg_20", "lost"));
            events.Add(Blocks.Delta(++at, "msg_20", " too"));
            events.Add(Blocks.Delta(++at, "msg_20", "."));
            events.Add(Blocks.Delta(++at, "msg_20", "?"));
            events.Add(Blocks.Restarted(++at, "msg_20"));
        }

        events.Add(Blocks.Delta(++at, "msg_20", " Well."));
        events.Add(Blocks.Completed(++at, "msg_20"));
        return Blocks.Of([.. events]);
    }
}
