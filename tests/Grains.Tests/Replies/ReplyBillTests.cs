using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Replies;

public sealed class ReplyBillTests
{
    private static readonly ModelPrices Prices = new(2, 8, null, "USD");
    private static readonly OpenReply Reply = new("msg_3", "gpt", Blocks.At, Attempts: 0);
    private static readonly ReplyInterrupted End = new("msg_3", null, Blocks.At) { Sequence = 9 };

    // 4 for the message, 2 for its text.
    private static readonly ChatMessage[] Prompt = [new ChatMessage(ChatRole.User, "12345678")];

    [Fact]
    public void All_attempts_are_paid_by_the_prices_of_the_last()
    {
        var reply = Reply with { Spent = new TokenUsage(100, 10) { Estimated = true } };

        var end = ReplyBill.Settle(End, reply, new TokenUsage(200, 20), "gpt", Prices);

        Assert.Equal(End with { Usage = new TokenUsage(300, 30) { Estimated = true }, AnsweredBy = "gpt", Cost = new ReplyCost(0.00084m, "USD") }, end);
    }

    [Fact]
    public void Where_no_model_was_asked_there_is_nothing_to_pay_but_for_earlier_attempts()
    {
        Assert.Equal(End with { Usage = new TokenUsage(0, 0) }, ReplyBill.Settle(End, Reply, TokenUsage.None, model: null, Prices));

        var end = ReplyBill.Settle(End, Reply with { Spent = new TokenUsage(1, 1) }, TokenUsage.None, model: null, prices: null);
        Assert.Equal((new TokenUsage(1, 1), "gpt", null), (end.Usage, end.AnsweredBy, end.Cost));
    }

    [Fact]
    public void What_nobody_can_say_any_more_is_marked() =>
        Assert.Equal(new TokenUsage(0, 0) { Estimated = true }, ReplyBill.Settle(End, Reply, last: null, "gpt", null).Usage);

    [Fact]
    public void An_attempt_of_which_only_its_text_is_left_is_estimated_by_that()
    {
        Assert.Null(ReplyBill.Estimate(Reply, "", [], Prompt));
        Assert.Equal(new TokenUsage(6, 3) { Estimated = true }, ReplyBill.Estimate(Reply, "123456789", [], Prompt));

        // What an earlier attempt has written was read by this one.
        Assert.Equal(new TokenUsage(8, 1) { Estimated = true }, ReplyBill.Estimate(Reply with { ContinuedFrom = 8 }, "123456789", [], Prompt));
        Assert.Null(ReplyBill.Estimate(Reply with { ContinuedFrom = 9 }, "123456789", [], Prompt));

        // Thinking and calls count where there is no text yet.
        Assert.Equal(new TokenUsage(6, 4) { Estimated = true }, ReplyBill.Estimate(Reply, "", ["12345678", "clock{}"], Prompt));
        Assert.Equal(
            new TokenUsage(40, 3) { Estimated = true },
            ReplyBill.Estimate(Reply with { Context = new MessageContext(2, "msg_2", Summarized: false, 40) }, "123456789", [], Prompt));
    }
}
