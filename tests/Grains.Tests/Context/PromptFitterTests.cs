using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Context;
using OrleansChat.Conversations;
using OrleansChat.Generation;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;
using OrleansChat.Usage;

namespace OrleansChat.Grains.Tests.Context;

public sealed class PromptFitterTests : IDisposable
{
    // 100 characters are 25 tokens, and 4 for the message.
    private const long TokensOfAMessage = 29;

    private static readonly string Filler = new('x', 100);

    private readonly ManualTimeProvider clock = new();
    private readonly ScriptedChatClient summariser = new();
    private readonly SummaryMaker summaries;
    private readonly PromptFitter fitter;

    public PromptFitterTests()
    {
        summaries = new SummaryMaker(new OneModel(ModelOf(summariser, new ModelContext(10_000, 100))), clock, NullLogger<SummaryMaker>.Instance);
        fitter = new PromptFitter(summaries);
    }

    public void Dispose()
    {
        summaries.Dispose();
        summariser.Dispose();
    }

    [Fact]
    public async Task What_fits_and_what_has_no_window_is_left_alone()
    {
        var prompt = Turns(5);
        Assert.Same(prompt, (await FitAsync(prompt, null)).Messages);
        Assert.Same(prompt, (await FitAsync(prompt, new ModelContext((int)PromptTokens.Of(prompt) + 50, 50))).Messages);
    }

    [Fact]
    public async Task The_oldest_turns_go_and_the_reply_tells_which()
    {
        var prompt = Turns(5);

        var fitted = await FitAsync(prompt, new ModelContext(201, 50));

        // Room for 151: the system prompt, two turns and the last question.
        Assert.Equal(["system", "msg_6", "msg_7", "msg_8", "msg_9", "msg_10"], Names(fitted));
        Assert.Equal(new MessageContext(4, "msg_6", Summarized: false, PromptTokens.Of(fitted.Messages)), fitted.LeftOut);
        Assert.InRange(PromptTokens.Of(fitted.Messages), 1, 151);
    }

    [Fact]
    public async Task Too_long_a_message_is_an_error_that_no_model_is_asked_about()
    {
        var fitted = await FitAsync([new ChatMessage(ChatRole.User, new string('x', 4_000)) { MessageId = "msg_2" }], new ModelContext(500, 100, "summariser"));

        Assert.Equal(ModelErrors.ContextTooLong, fitted.Error?.Code);
        Assert.Empty(summariser.Replies);
    }

    [Fact]
    public async Task What_was_said_of_the_reply_takes_the_room_that_was_reserved_for_it()
    {
        List<ChatMessage> prompt = [new ChatMessage(ChatRole.User, Filler) { MessageId = "msg_2" }, new ChatMessage(ChatRole.Assistant, Filler)];

        var fitted = await fitter.FitAsync(new ReplyRequest(prompt), said: 25, null, ModelOf(summariser, new ModelContext(58 + 25, 50)), allowance: null, default);

        Assert.Null(fitted.Error);
        Assert.Equal(2, fitted.Messages.Count);
    }

    [Fact]
    public async Task Tools_take_room_and_a_short_answer_leaves_some()
    {
        var tools = new ChatOptions { Tools = [new ToolDeclaration(new ToolDefinition("clock", Filler))] };
        var tokens = PromptTokens.Of(tools);
        Assert.InRange(tokens, 30, 60);
        var prompt = Turns(5);
        var needed = (int)PromptTokens.Of(prompt);

        var fitted = await FitAsync(prompt, new ModelContext(needed + (int)tokens + 49, 50), options: tools);

        Assert.Equal(PromptTokens.Of(fitted.Messages) + tokens, fitted.LeftOut!.InputTokensEstimated);
        Assert.Same(tools, fitted.Request.Options);
        Assert.Null((await FitAsync(prompt, new ModelContext(needed + (int)tokens + 50, 50), options: tools)).LeftOut);
        Assert.Null((await FitAsync(prompt, new ModelContext(needed + 9, 50), options: new ChatOptions { MaxOutputTokens = 9 })).LeftOut);
    }

    [Fact]
    public async Task A_summary_takes_the_place_of_what_is_left_out_and_is_used_again()
    {
        var model = new ModelContext(400, 50, "summariser");
        var fitting = FitAsync(Turns(10), model);
        var asked = await summariser.NextReplyAsync();
        asked.Emit(" They said ", "x a lot. ");
        asked.Complete();
        var first = await fitting;

        Assert.Equal("They said x a lot.", first.NewSummary);
        Assert.True(first.LeftOut!.Summarized);
        Assert.Equal(["system", "What was said before, summarised:\n\nThey said x a lot."], first.Messages.Take(2).Select(message => message.Text));
        Assert.Equal(first.LeftOut.FirstKept, first.Messages[2].MessageId);
        Assert.Contains($"user: {Filler}", asked.Messages[1].Text, StringComparison.Ordinal);
        Assert.InRange(PromptTokens.Of(first.Messages), 1, 350);

        // The next turn has the same summary and no new one.
        var known = new BranchSummary(first.NewSummary!, first.LeftOut.FirstKept!);
        var second = await FitAsync(Turns(11), model, known);
        Assert.Null(second.NewSummary);
        Assert.True(second.LeftOut!.Summarized);
        Assert.Equal(first.LeftOut.FirstKept, second.LeftOut.FirstKept);
        Assert.Single(summariser.Replies);

        // In the end it has to be made anew, from the last one and what has come since.
        var third = FitAsync(Turns(20), model, known);
        var again = await summariser.NextReplyAsync();
        again.Emit("More x.");
        again.Complete();
        Assert.Equal("More x.", (await third).NewSummary);
        Assert.StartsWith("Summary of what came before:\nThey said x a lot.", again.Messages[1].Text, StringComparison.Ordinal);
        Assert.InRange(PromptTokens.Of((await third).Messages), 1, 350);
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("empty")]
    [InlineData("silent")]
    public async Task Without_a_summary_turns_are_dropped(string how)
    {
        var fitting = FitAsync(Turns(10), new ModelContext(400, 50, "summariser"));
        var asked = await summariser.NextReplyAsync();
        switch (how)
        {
            case "fails":
                asked.Fail();
                break;
            case "empty":
                asked.Complete();
                break;
            default:
                clock.Advance(SummaryMaker.Patience);
                break;
        }

        var fitted = await fitting;

        Assert.Equal((false, null), (fitted.LeftOut!.Summarized, fitted.NewSummary));
        Assert.InRange(PromptTokens.Of(fitted.Messages), 350 - (2 * TokensOfAMessage), 350);
    }

    [Fact]
    public async Task No_summary_is_asked_for_that_costs_more_than_its_reply_may()
    {
        var model = new ModelContext(400, 50, "summariser");
        var asked = new List<long>();
        var poor = new TokenAllowance(wanted => Take(wanted, missing: 1), clock, NullLogger.Instance);
        var fitted = await FitAsync(Turns(10), model, allowance: poor).WaitAsync(TestLimits.Signal);
        Assert.Equal((false, null, 0), (fitted.LeftOut!.Summarized, fitted.NewSummary, summariser.Replies.Count));

        var rich = new TokenAllowance(wanted => Take(wanted, missing: 0), clock, NullLogger.Instance);
        var fitting = FitAsync(Turns(10), model, allowance: rich);
        var summary = await summariser.NextReplyAsync();
        summary.Emit("Much x.");
        summary.Complete();
        Assert.Equal("Much x.", (await fitting).NewSummary);

        // What is summarised, and what that may become.
        var room = (400 - 50) / 8;
        Assert.Equal(asked[0], asked[1]);
        Assert.InRange(asked[1], room + (10 * TokensOfAMessage), room + (20 * TokensOfAMessage));
        Assert.Equal(asked[1], rich.Granted);

        Task<long> Take(long wanted, long missing)
        {
            asked.Add(wanted);
            return Task.FromResult(wanted - missing);
        }
    }

    [Fact]
    public async Task Who_cancels_does_not_wait_for_a_summary()
    {
        using var cancelling = new CancellationTokenSource();
        var fitting = fitter.FitAsync(new ReplyRequest(Turns(10)), 0, null, ModelOf(summariser, new ModelContext(400, 50, "summariser")), allowance: null, cancelling.Token);
        var asked = await summariser.NextReplyAsync();

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fitting);
        await asked.Left;
    }

    private static IEnumerable<string> Names(FittedPrompt prompt) => prompt.Messages.Select(message => message.MessageId ?? message.Text);

    // A system prompt, whole turns of a question and an answer, and the newest question.
    private static List<ChatMessage> Turns(int count)
    {
        List<ChatMessage> prompt = [new ChatMessage(ChatRole.System, "system")];
        for (var i = 2; i <= 2 * count; i++)
        {
            prompt.Add(new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, Filler) { MessageId = $"msg_{i}" });
        }

        return prompt;
    }

    private static Model ModelOf(IChatClient client, ModelContext? context) =>
        new(new ModelInfo("summariser", "tests", true), client, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)) { Context = context };

    private Task<FittedPrompt> FitAsync(List<ChatMessage> prompt, ModelContext? context, BranchSummary? known = null, ChatOptions? options = null, TokenAllowance? allowance = null) =>
        fitter.FitAsync(new ReplyRequest(prompt, options), 0, known, ModelOf(summariser, context), allowance, default);

    private sealed class OneModel(Model only) : IModelCatalog
    {
        public ImmutableArray<Model> Models => [only];

        public bool TryGet(string name, [NotNullWhen(true)] out Model? model)
        {
            model = name == only.Info.Id ? only : null;
            return model is not null;
        }
    }
}
