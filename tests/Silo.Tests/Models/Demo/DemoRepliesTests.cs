using System.Text;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Demo;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.Demo;

public sealed class DemoRepliesTests
{
    // So fast that the clock plays no part.
    private readonly DemoChatClient model = new(100_000, TimeProvider.System);

    public static TheoryData<int> Questions => [.. Enumerable.Range(0, 50)];

    [Fact]
    public async Task SameConversation_SamePieces()
    {
        var first = await CollectedReply.AskAsync(model, "What is Orleans?");
        var second = await CollectedReply.AskAsync(new DemoChatClient(50_000, TimeProvider.System), "What is Orleans?");

        Assert.Equal(first.Pieces, second.Pieces);
    }

    [Fact]
    public async Task OtherConversation_OtherText()
    {
        var texts = new HashSet<string>();
        for (var question = 0; question < 20; question++)
        {
            var reply = await CollectedReply.AskAsync(model, "Question");
            var other = await CollectedReply.AskAsync(model, $"Question {question}");
            texts.Add(other.Text.Replace($"Question {question}", "Question", StringComparison.Ordinal));
            Assert.NotEqual(reply.Text, other.Text);
        }

        Assert.True(texts.Count > 15, $"Only {texts.Count} of 20 texts differ in more than the quotation.");
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task EveryReply_HasAllThatAClientMustDraw(int number)
    {
        var reply = await CollectedReply.AskAsync(model, $"Question {number}");

        Assert.Null(reply.Fault);
        Assert.Equal(["stop"], reply.FinishReasons);
        Assert.InRange(reply.Pieces.Count, 150, 400);
        Assert.Contains("\n## ", reply.Text, StringComparison.Ordinal);
        Assert.Contains($"You wrote “Question {number}”.", reply.Text, StringComparison.Ordinal);
        Assert.Contains("\n- ", reply.Text, StringComparison.Ordinal);
        Assert.Equal(2, reply.Text.Split("\n```").Length - 1);
        Assert.Contains("👩‍💻", reply.Text, StringComparison.Ordinal);
        Assert.Contains("👍🏽", reply.Text, StringComparison.Ordinal);
        Assert.Contains(reply.Text, character => character is >= '\u0590' and <= '\u06FF');
        Assert.DoesNotContain('\r', reply.Text);
        Assert.All(reply.Pieces, piece => Assert.Equal(piece, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece))));
    }

    [Fact]
    public async Task FirstReply_BeginsWithTheBanner_LaterOnesDoNot()
    {
        var first = await CollectedReply.AskAsync(model, "Hi");
        var later = await CollectedReply.FromAsync(model.GetStreamingResponseAsync(
            [new(ChatRole.User, "Hi"), new(ChatRole.Assistant, first.Text), new(ChatRole.User, "More")]));

        Assert.StartsWith("> **This is OrleansChat's built-in demo model.**", first.Text, StringComparison.Ordinal);
        Assert.Contains("`OPENAI_API_KEY`", first.Text, StringComparison.Ordinal);
        Assert.StartsWith("## ", later.Text, StringComparison.Ordinal);
        Assert.Contains("You wrote “More”.", later.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongQuestion_IsQuotedUpToSixtyCharactersAndNeverWithinOne()
    {
        var family = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 61));

        var reply = await CollectedReply.AskAsync(model, $"  {family}  ");

        Assert.Contains($"You wrote “{string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 60))}…”.", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n\n  b\tc", "You wrote “a b c”.")]
    [InlineData("  \n ", "You wrote nothing, so here is something.")]
    [InlineData("before [demo: rate=9] after", "You wrote “before after”.")]
    public async Task Question_IsQuotedOnOneLine(string question, string quotation)
    {
        var reply = await CollectedReply.AskAsync(new DemoChatClient(100_000, TimeProvider.System), question.Replace("rate=9", "rate=100000", StringComparison.Ordinal));

        Assert.Contains(quotation, reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HalfOfASurrogatePair_IsQuotedAsAReplacementCharacter()
    {
        var reply = await CollectedReply.AskAsync(model, "half \ud83d of a pair");

        Assert.Contains("You wrote “half \ufffd of a pair”.", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_CountsPieces()
    {
        var reply = await CollectedReply.AskAsync(model, "one two, three");

        Assert.Equal([$"4/{reply.Pieces.Count}"], reply.Usages);
    }

    [Fact]
    public async Task MaxOutputTokens_EndsTheReplyForItsLength()
    {
        var reply = await CollectedReply.FromAsync(
            model.GetStreamingResponseAsync([new(ChatRole.User, "Hi")], new ChatOptions { MaxOutputTokens = 7 }));

        Assert.Equal(7, reply.Pieces.Count);
        Assert.Equal(["length"], reply.FinishReasons);
    }

    [Fact]
    public async Task GetResponse_IsTheWholeReply()
    {
        var streamed = await CollectedReply.AskAsync(model, "Hi");
        var response = await model.GetResponseAsync([new(ChatRole.User, "Hi")]);

        Assert.Equal(streamed.Text, response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(streamed.Pieces.Count, response.Usage?.OutputTokenCount);
    }
}
