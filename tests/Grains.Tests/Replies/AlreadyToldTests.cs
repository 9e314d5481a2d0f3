using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Replies;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Replies;

public sealed class AlreadyToldTests
{
    private readonly AlreadyTold already = new(new Message
    {
        Id = "msg_3",
        Role = MessageRole.Assistant,
        Content = "Hello",
        Status = MessageStatus.InProgress,
        Sequence = 9,
        CreatedAt = Blocks.At,
        Reasoning = [new ReasoningBlock("I think", "sig1"), new ReasoningBlock(" so")],
        ToolCalls = [new ToolCall("call_1", "weather", "{\"city\":"), new ToolCall("call_2", "now", "")],
    });

    [Fact]
    public void Each_text_goes_on_where_it_ends()
    {
        Assert.Equal("", Next("I th"));
        Assert.Equal("", Next("ink", "sig1"));
        Assert.Equal(" it is", Next(" so it is"));
        Assert.Equal(new ReplyPiece("", new PieceKind.Reasoning("sig2")), already.Next(new ReplyPiece("", new PieceKind.Reasoning("sig2"))));
        Assert.Equal(" world", already.Next(new ReplyPiece("Hello world"))?.Text);
        Assert.True(already.Next(new ReplyPiece("", new PieceKind.ToolCall(0, "call_1", "weather"))) is { IsEmpty: true });
        Assert.Equal("\"Paris\"}", already.Next(new ReplyPiece("{\"city\":\"Paris\"}", new PieceKind.ToolCall(0)))?.Text);
        Assert.True(already.Next(new ReplyPiece("", new PieceKind.ToolCall(1, "call_2", "now"))) is { IsEmpty: true });
        Assert.Equal("{}", already.Next(new ReplyPiece("{}", new PieceKind.ToolCall(1)))?.Text);
        Assert.True(already.IsOver);

        var third = new ReplyPiece("", new PieceKind.ToolCall(2, "call_3", "weather"));
        Assert.Equal(third, already.Next(third));
    }

    [Fact]
    public void Another_call_is_another_reply() =>
        Assert.Null(already.Next(new ReplyPiece("", new PieceKind.ToolCall(0, "call_1", "now"))));

    [Fact]
    public void A_text_that_was_not_told_again_is_missing()
    {
        already.Next(new ReplyPiece("Hello"));

        Assert.False(already.IsOver);
    }

    private string? Next(string text, string? signature = null) => already.Next(new ReplyPiece(text, new PieceKind.Reasoning(signature)))?.Text;
}
