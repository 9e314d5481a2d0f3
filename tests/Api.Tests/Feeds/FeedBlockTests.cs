using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Native;
using OrleansChat.Dialects.PlainText;
using OrleansChat.Feeds;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Feeds;

public class FeedBlockTests
{
    [Fact]
    public void It_knows_whether_it_is_text_and_what_the_conversation_does_after_it()
    {
        var text = new FeedBlock(Blocks.Deltas(4, "msg_3", "some", "words"));
        Assert.Equal((true, null), (text.HasOnlyContent, text.StatusAfter));

        var start = new FeedBlock(Blocks.Of(Blocks.Asked(2), Blocks.Started(3), Blocks.Delta(4, "msg_3", "a")));
        Assert.Equal((false, ConversationStatus.Replying), (start.HasOnlyContent, start.StatusAfter));

        var end = new FeedBlock(Blocks.Of(Blocks.Delta(4, "msg_3", "a"), Blocks.Completed(5, "msg_3")));
        Assert.Equal((false, ConversationStatus.Idle), (end.HasOnlyContent, end.StatusAfter));
    }

    [Fact]
    public void Readers_of_one_dialect_share_bytes_and_those_of_others_get_their_own()
    {
        var block = new FeedBlock(Blocks.Deltas(4, "msg_3", "some", " words"));

        var merged = block.RenderedBy(new NativeRenderer(merge: true));
        var single = block.RenderedBy(new NativeRenderer(merge: false));
        var text = block.RenderedBy(new PlainTextRenderer());

        Assert.Equal(merged, block.RenderedBy(new NativeRenderer(merge: true)));
        Assert.Equal(single, block.RenderedBy(new NativeRenderer(merge: false)));
        Assert.Equal("some words", Encoding.UTF8.GetString(text.Span));
        Assert.StartsWith("id: 5\nevent: reply.delta\ndata: {", Encoding.UTF8.GetString(merged.Span), StringComparison.Ordinal);
        Assert.StartsWith("id: 4\nevent: reply.delta\ndata: {", Encoding.UTF8.GetString(single.Span), StringComparison.Ordinal);
    }
}
