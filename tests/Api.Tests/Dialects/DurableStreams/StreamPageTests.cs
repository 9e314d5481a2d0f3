using System.Text;
using OrleansChat.Dialects.DurableStreams;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.DurableStreams;

public class StreamPageTests
{
    [Fact]
    public void A_page_is_the_same_however_its_pieces_are_stored()
    {
        ReplyDelta[] pieces = [Blocks.Delta(4, "msg_3", "a \"quoted\" "), Blocks.Delta(5, "msg_3", "世"), Blocks.Delta(6, "msg_3", "界\n")];
        var apart = Blocks.Of([Blocks.Started(3), .. pieces, Blocks.Completed(7, "msg_3")]);
        var together = ReplyCompaction.Compact(apart);
        Assert.Equal(["3 ReplyStarted", "4-6 DeltaRun", "7 ReplyCompleted"], together.Outline());

        for (var cursor = 2; cursor <= 7; cursor++)
        {
            Assert.Equal(Page(apart, cursor), Page(together, cursor));
        }
    }

    [Fact]
    public void A_page_ends_where_there_is_enough_in_the_middle_of_a_run_too()
    {
        var text = new string('x', 10_000);
        var run = ReplyCompaction.Compact(Blocks.Of([Blocks.Started(1), .. Enumerable.Range(2, 20).Select(i => Blocks.Delta(i, "msg_1", text)), Blocks.Completed(22, "msg_1")]));

        var page = new StreamPageBuilder(0);
        page.Add(run);
        var built = page.Build(tail: 22, isClosed: false);

        Assert.Equal((8L, false, false), (built.Next, built.IsUpToDate, built.IsClosed));
    }

    [Fact]
    public void Of_one_message_only_its_own_events_count_and_its_end_closes()
    {
        var block = Blocks.Of(
            Blocks.Created("\",\"message\":\"msg_3\""), Blocks.Asked(2, "{\"message\":\"msg_3\"}"), Blocks.Started(3), Blocks.Delta(4, "msg_30", "no"),
            Blocks.Delta(5, "msg_3", "yes"), Blocks.Completed(6, "msg_30"), Blocks.Completed(7, "msg_3"), Blocks.Delta(8, "msg_3", "late"));

        var page = new StreamPageBuilder(0, "msg_3");
        page.Add(block);
        var built = page.Build(tail: 8, isClosed: false);

        Assert.Equal(
            $"[{string.Join(',', block.Text().Split('\n')[2], block.Text().Split('\n')[4], block.Text().Split('\n')[6])}]",
            Encoding.UTF8.GetString(built.Json.Span));
        Assert.Equal((7L, true, true), (built.Next, built.IsUpToDate, built.IsClosed));
    }

    private static string Page(EventBlock block, long cursor)
    {
        var page = new StreamPageBuilder(cursor);
        page.Add(block);
        return Encoding.UTF8.GetString(page.Build(block.Last, isClosed: false).Json.Span);
    }
}
