using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Demo;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.Demo;

/// <summary>An answer that was cut off anywhere is continued to what it would have been.</summary>
public sealed class DemoContinuationTests
{
    private readonly DemoChatClient model = new(100_000, TimeProvider.System);

    [Fact]
    public async Task Beginning_CutAnywhere_IsContinuedToTheSameText()
    {
        var whole = await AskAsync("why? [demo: tokens=150]");
        for (var said = 0; said <= whole.Pieces.Count; said++)
        {
            var rest = await AskAsync("why? [demo: tokens=150]", string.Concat(whole.Pieces.Take(said)));

            Assert.Equal(whole.Pieces.Skip(said), rest.Pieces);
            Assert.Equal(["stop"], rest.FinishReasons);
        }
    }

    [Fact]
    public async Task Fault_ComesWhereItWouldHaveCome()
    {
        var whole = await AskAsync("[demo: error after=30]");
        var rest = await AskAsync("[demo: error after=30]", string.Concat(whole.Pieces.Take(20)));

        Assert.Equal(whole.Pieces.Skip(20), rest.Pieces);
        Assert.Equal(ModelErrors.Error, rest.Fault?.Code);
    }

    [Fact]
    public async Task Beginning_ThatIsNotItsOwn_IsAnsweredInFull()
    {
        var whole = await AskAsync("why?");

        Assert.Equal(whole.Pieces, (await AskAsync("why?", "Because I say so.")).Pieces);
        Assert.Equal(whole.Pieces, (await AskAsync("why?", whole.Text + " And more.")).Pieces);
    }

    private Task<CollectedReply> AskAsync(string question, string beginning = "")
    {
        List<ChatMessage> messages = [new(ChatRole.User, question)];
        if (beginning.Length > 0)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, beginning));
        }

        return CollectedReply.FromAsync(model.GetStreamingResponseAsync(messages));
    }
}
