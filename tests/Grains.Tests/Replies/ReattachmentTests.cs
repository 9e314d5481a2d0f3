using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Conversations;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Replies;

/// <summary>A stream of a model whose provider produces replies by itself.</summary>
public sealed class ReattachmentTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly ScriptedChatClient client = new();
    private readonly ManualTimeProvider clock = new();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Whatever_the_reply_can_be_read_on_with_is_told_before_there_is_text()
    {
        var stream = Start();
        var reply = await client.NextReplyAsync();
        Assert.True(reply.Options?.AllowBackgroundResponses);
        reply.Attach("one");

        Assert.Equal("one", TextOf(await stream.Attachments.ReadAsync().AsTask().WaitAsync(Soon)));
        reply.Emit("a");
        reply.Complete();
        Assert.IsType<ReplyOutcome.Completed>(await stream.Outcome.WaitAsync(Soon));
        Assert.False(await stream.Attachments.WaitToReadAsync().AsTask().WaitAsync(Soon));
        await reply.Left.WaitAsync(Soon);
        Assert.False(client.HasStopped);
    }

    [Fact]
    public async Task A_model_that_is_not_reattached_to_is_asked_as_ever()
    {
        Start(TakeOver.Restart);

        Assert.Null((await client.NextReplyAsync()).Options);
    }

    [Fact]
    public async Task A_reply_that_is_told_again_goes_on_where_the_journal_ends()
    {
        var stream = Start(said: "Hello wo");
        var reply = await client.NextReplyAsync();
        Assert.Equal("kept", TextOf(reply.Options!.ContinuationToken!));
        reply.Emit("Hel", "lo", " world", "!");
        reply.Complete();

        Assert.Equal(["rld", "!"], await PiecesAsync(stream));
        Assert.IsType<ReplyOutcome.Completed>(await stream.Outcome);
    }

    [Theory]
    [InlineData("Help", true)]
    [InlineData("Hello", true)]
    [InlineData("Hello", false)]
    public async Task A_reply_that_is_another_one_is_let_go_of_and_stopped(string text, bool completes)
    {
        var stream = Start(said: "Hello wo");
        var reply = await client.NextReplyAsync();
        reply.Emit(text);
        if (completes)
        {
            reply.Complete();
        }
        else
        {
            reply.Fail(new ModelException(ModelErrors.ResponseLost, "It is gone."));
        }

        Assert.Empty(await PiecesAsync(stream));
        Assert.IsType<ReplyOutcome.Detached>(await stream.Outcome);
        Assert.Equal("kept", await client.NextStopAsync());
    }

    [Theory]
    [InlineData(ModelErrors.Unreachable, true)]
    [InlineData(ModelErrors.Malformed, true)]
    [InlineData(ModelErrors.Error, false)]
    public async Task A_reply_that_fails_is_stopped_unless_its_provider_ended_it(string code, bool isStopped)
    {
        var stream = Start();
        var reply = await client.NextReplyAsync();
        reply.Attach("one");
        reply.Fail(new ModelException(code, "It failed."));
        Assert.Equal(code, Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome.WaitAsync(Soon)).Error.Code);
        if (isStopped)
        {
            Assert.Equal("one", await client.NextStopAsync());
        }
        else
        {
            await reply.Left.WaitAsync(Soon);
            Assert.False(client.HasStopped);
        }
    }

    [Fact]
    public async Task Cancelling_stops_the_provider_and_letting_go_does_not()
    {
        var leaving = Start();
        var left = await client.NextReplyAsync();
        left.Attach("left");
        await leaving.Attachments.ReadAsync().AsTask().WaitAsync(Soon);
        leaving.LetGo();
        await left.Left.WaitAsync(Soon);

        var cancelling = Start();
        var cancelled = await client.NextReplyAsync();
        cancelled.Attach("cancelled");
        await cancelling.Attachments.ReadAsync().AsTask().WaitAsync(Soon);
        cancelling.Cancel(new ReplyOutcome.Cancelled());

        Assert.Equal("cancelled", await client.NextStopAsync());
        Assert.False(client.HasStopped);
    }

    private ModelStream Start(TakeOver takeOver = TakeOver.Reattach, string? said = null) => ModelStream.Start(
        new Model(new ModelInfo("scripted", "tests", true), client, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), takeOver),
        new ReplyRequest([new ChatMessage(ChatRole.User, "go")])
        {
            Reattachment = said is null ? null : new Reattachment(ResponseContinuationToken.FromBytes("kept"u8.ToArray()), Told(said)),
        },
        clock,
        NullLogger.Instance);

    private static Message Told(string text) => new()
    {
        Id = "msg_3",
        Role = MessageRole.Assistant,
        Content = text,
        Status = MessageStatus.InProgress,
        Sequence = 9,
        CreatedAt = Blocks.At,
    };

    private static async Task<List<string>> PiecesAsync(ModelStream stream)
    {
        using var limit = new CancellationTokenSource(Soon);
        return await stream.Pieces.ReadAllAsync(limit.Token).Select(piece => piece.Text).ToListAsync(limit.Token);
    }

    private static string TextOf(ResponseContinuationToken token) => Encoding.UTF8.GetString(token.ToBytes().Span);
}
