using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Tests.Invariants;

public class AcceptedTests
{
    private static readonly History Usual = History.Read("c", Story.Usual().Frames);

    [Fact]
    public void What_was_accepted_is_in_the_journal() => Assert.Empty(new Accepted("msg_2", "msg_3", 2, "hello", 0).CheckAgainst(Usual, "c"));

    [Theory]
    [InlineData("msg_2", "msg_3", 2, "something else")]
    [InlineData("msg_4", "msg_3", 2, "hello")]
    [InlineData("msg_2", "msg_4", 2, "hello")]
    [InlineData("msg_2", "msg_3", 3, "hello")]
    [InlineData("msg_9", "msg_10", 9, "hello")]
    public void What_was_accepted_and_is_not_there_is_lost(string message, string reply, long sequence, string content) =>
        Assert.Equal(ViolationKind.AcceptedLost, Assert.Single(new Accepted(message, reply, sequence, content, 0).CheckAgainst(Usual, "c")).Kind);

    [Fact]
    public void A_message_whose_reply_did_not_begin_is_lost()
    {
        var history = History.Read("c", new Story().Created().Asked("hello").Frames);
        Assert.Equal(ViolationKind.AcceptedLost, Assert.Single(new Accepted("msg_2", "msg_3", 2, "hello", 0).CheckAgainst(history, "c")).Kind);
    }
}
