using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;

namespace OrleansChat.Grains.Tests.Replies;

public sealed class TakeOverDecisionTests : IDisposable
{
    private static readonly OpenReply Reply = new("msg_3", "m", Blocks.At, Attempts: 1);
    private readonly TakeOverOptions budget = new() { Attempts = 3, Within = TimeSpan.FromMinutes(10) };
    private readonly ScriptedChatClient client = new();
    private DateTimeOffset now = Blocks.At.AddMinutes(10);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData(TakeOver.Continue, "text", typeof(ReplyContinued))]
    [InlineData(TakeOver.Continue, "", typeof(ReplyContinued))]
    [InlineData(TakeOver.Restart, "text", typeof(ReplyRestarted))]
    [InlineData(TakeOver.Restart, "", typeof(ReplyContinued))]
    [InlineData(TakeOver.Interrupt, "text", typeof(ReplyInterrupted))]
    [InlineData(TakeOver.Interrupt, "", typeof(ReplyInterrupted))]
    public void Decision_FollowsWhatTheModelAllows(TakeOver allowed, string text, Type expected)
    {
        var next = Decide(Reply, text, allowed);

        Assert.IsType(expected, next);
        Assert.Equal(9, next.Sequence);
        Assert.Equal(next is ReplyTakenOver ? 2 : 0, (next as ReplyTakenOver)?.Attempt ?? 0);
    }

    [Theory]
    [InlineData(TakeOver.Continue, typeof(ReplyRestarted))]
    [InlineData(TakeOver.Restart, typeof(ReplyRestarted))]
    [InlineData(TakeOver.Interrupt, typeof(ReplyInterrupted))]
    public void Decision_MoreThanText_IsNotContinued(TakeOver allowed, Type expected)
    {
        Assert.IsType(expected, Decide(Reply, "text", allowed, hasOnlyText: false));
        Assert.IsType(expected, Decide(Reply, "", allowed, hasOnlyText: false));
    }

    [Theory]
    [InlineData(TakeOver.Reattach, "token", "text", true, typeof(ReplyContinued))]
    [InlineData(TakeOver.Reattach, "token", "", true, typeof(ReplyContinued))]
    [InlineData(TakeOver.Reattach, null, "text", false, typeof(ReplyRestarted))]
    [InlineData(TakeOver.Reattach, null, "", false, typeof(ReplyContinued))]
    [InlineData(TakeOver.Restart, "token", "text", false, typeof(ReplyRestarted))]
    [InlineData(TakeOver.Continue, "token", "text", false, typeof(ReplyContinued))]
    [InlineData(TakeOver.Interrupt, "token", "text", false, typeof(ReplyInterrupted))]
    public void Decision_ProvidersOwnResponse_IsReadOnWhereItIsKnownAndWished(
        TakeOver allowed, string? attachment, string text, bool isReattached, Type expected)
    {
        var reply = Reply with { Attachment = attachment };

        Assert.IsType(expected, Decide(reply, text, allowed));
        Assert.Equal(isReattached, TakeOverDecision.IsReattached(reply, ModelWith(allowed)));
    }

    [Fact]
    public void Decision_ModelNoLongerConfigured_Fails()
    {
        var failed = Assert.IsType<ReplyFailed>(TakeOverDecision.Make(Reply, "text", hasOnlyText: true, null, budget, 9, now));

        Assert.Equal((ModelErrors.Gone, "msg_3", now), (failed.Error.Code, failed.Message, failed.At));
    }

    [Theory]
    [InlineData(2, 10, true)]
    [InlineData(3, 10, false)]
    [InlineData(2, 10.001, false)]
    public void Decision_BudgetUsedUp_Interrupts(int attempts, double minutes, bool goesOn)
    {
        now = Blocks.At.AddMinutes(minutes);

        Assert.Equal(goesOn, Decide(Reply with { Attempts = attempts }, "text", TakeOver.Continue) is ReplyContinued);
        Assert.Equal(!goesOn, Decide(Reply with { Attempts = attempts }, "text", TakeOver.Restart) is ReplyInterrupted);
    }

    private ConversationEvent Decide(OpenReply reply, string text, TakeOver allowed, bool hasOnlyText = true) =>
        TakeOverDecision.Make(reply, text, hasOnlyText, ModelWith(allowed), budget, sequence: 9, now);

    private Model ModelWith(TakeOver allowed) =>
        new(new ModelInfo("m", "tests", true), client, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), allowed);
}
