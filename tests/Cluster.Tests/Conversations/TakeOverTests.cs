using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>A silo leaves or dies in the middle of a reply, and another takes the reply over by the best means that its model allows.</summary>
public class TakeOverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_continues_is_given_the_text_so_far(bool killed)
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await ReadHalfAReplyAsync(cluster, node);

        await LeaveAsync(cluster, killed);
        var second = await cluster.Model.NextReplyAsync();
        second.Emit(" and", " half");
        second.Complete();
        await reader.ToEndAsync();

        Assert.Equal([("user", "go"), ("assistant", "half")], PromptOf(second.Messages));
        Assert.Equal(["reply.delta", "reply.continued", "reply.delta", "reply.completed"], reader.TypesAfterStart);
        Assert.Equal("half and half", reader.Text);
        Assert.Equal("half and half", (await node.Api.LastMessageAsync(ConversationOf(reader))).GetProperty("content").GetString());
        AssertInOrder(reader);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_does_not_is_asked_again_and_readers_are_told_to_clear(bool killed)
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Restart);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await ReadHalfAReplyAsync(cluster, node);

        await LeaveAsync(cluster, killed);
        var second = await cluster.Model.NextReplyAsync();
        second.Emit("whole");
        second.Complete();
        await reader.ToEndAsync();

        Assert.Equal([("user", "go")], PromptOf(second.Messages));
        Assert.Equal(["reply.delta", "reply.restarted", "reply.delta", "reply.completed"], reader.TypesAfterStart);
        Assert.Equal(1, reader.Events.Single(e => e.Type == "reply.restarted").Json.GetProperty("attempt").GetInt32());
        Assert.Equal("whole", (await node.Api.LastMessageAsync(ConversationOf(reader))).GetProperty("content").GetString());
        AssertInOrder(reader);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_must_not_be_asked_twice_leaves_an_interrupted_reply_and_the_conversation_goes_on(bool killed)
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Interrupt);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await ReadHalfAReplyAsync(cluster, node);

        await LeaveAsync(cluster, killed);
        await reader.ToEndAsync();
        Assert.Equal(["reply.delta", "reply.interrupted"], reader.TypesAfterStart);
        Assert.True(reader.WasCut);

        using var next = await node.Api.SendAndFollowAsync(ConversationOf(reader), "again");
        var second = await cluster.Model.NextReplyAsync();
        second.Emit("whole");
        second.Complete();
        await next.ToEndAsync();
        Assert.Equal(("whole", "reply.completed"), (next.Text, next.Events[^1].Type));
    }

    [Fact]
    public async Task A_reply_that_has_thought_or_called_tools_begins_anew_with_the_same_options_whatever_its_model_allows()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        var conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[1]);
        var options = new { temperature = 0.25, tools = new[] { new { name = "f" } } };
        using var reader = await node.Api.PostAndFollowAsync($"/conversations/{conversation}/messages", new { content = "go", options });
        var first = await cluster.Model.NextReplyAsync();
        first.Emit(new TextReasoningContent("Hm"), new TextContent("half"), new ToolCallPiece(0, "call_1", "f", "{"));
        await reader.UntilAsync("reply.tool_call");

        await LeaveAsync(cluster, killed: true);
        var second = await cluster.Model.NextReplyAsync();
        second.Emit(new ToolCallPiece(0, "call_2", "f", "{}"));
        second.Complete(ChatFinishReason.ToolCalls);
        await reader.ToEndAsync();

        Assert.Equal([("user", "go")], PromptOf(second.Messages));
        Assert.All([first, second], reply => Assert.Equal((0.25f, "f"), (reply.Options!.Temperature, Assert.Single(reply.Options.Tools!).Name)));
        Assert.Equal(
            ["reply.reasoning", "reply.delta", "reply.tool_call", "reply.restarted", "reply.tool_call", "reply.completed"], reader.TypesAfterStart);
        var reply = await node.Api.LastMessageAsync(conversation);
        Assert.Equal("call_2", Assert.Single(reply.GetProperty("tool_calls").EnumerateArray()).GetProperty("id").GetString());
        Assert.False(reply.TryGetProperty("reasoning", out _));
        AssertInOrder(reader);
    }

    [Fact]
    public async Task A_reply_that_nobody_reads_is_taken_over_too()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        var reader = await ReadHalfAReplyAsync(cluster, node);
        var (conversation, cursor) = (ConversationOf(reader), reader.Cursor);
        reader.Dispose();

        await LeaveAsync(cluster, killed: true);
        var second = await cluster.Model.NextReplyAsync();
        second.Emit(" and half");
        second.Complete();

        using var late = await node.Api.FollowAsync(conversation, "until=idle", cursor);
        await late.ToEndAsync();
        Assert.Equal(["reply.continued", "reply.delta", "reply.completed"], late.Events.Select(e => e.Type));
    }

    [Fact]
    public async Task The_model_whose_silo_stops_is_let_go_of()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await ReadHalfAReplyAsync(cluster, node);

        await LeaveAsync(cluster, killed: false);

        await cluster.Model.Replies[0].Cancelled.WaitAsync(Patience);
    }

    [Fact]
    public async Task Cancelling_also_reaches_a_reply_that_was_taken_over()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await ReadHalfAReplyAsync(cluster, node);
        await LeaveAsync(cluster, killed: true);
        var second = await cluster.Model.NextReplyAsync();

        await node.Api.PostAsync($"/conversations/{ConversationOf(reader)}/cancel", new { });
        await reader.ToEndAsync();

        await second.Cancelled.WaitAsync(Patience);
        Assert.Equal(["reply.delta", "reply.continued", "reply.cancelled"], reader.TypesAfterStart);
    }

    private static async Task<SseConnection> ReadHalfAReplyAsync(ChatCluster cluster, ApiNode node)
    {
        var conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[1]);
        var reader = await node.Api.SendAndFollowAsync(conversation, "go");
        var first = await cluster.Model.NextReplyAsync();
        first.Emit("half");
        await reader.UntilAsync("reply.delta");
        return reader;
    }

    private static Task LeaveAsync(ChatCluster cluster, bool killed) =>
        killed ? cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]) : cluster.Silos.StopSiloAsync(cluster.Silos.Silos[1]);

    private static string ConversationOf(SseConnection reader) =>
        reader.Response.RequestMessage!.RequestUri!.Segments[2].TrimEnd('/');

    private static IEnumerable<(string Role, string Text)> PromptOf(IEnumerable<ChatMessage> messages) =>
        messages.Select(message => (message.Role.Value, message.Text));

    private static void AssertInOrder(SseConnection reader) =>
        Assert.Equal(reader.Events.Select(e => e.Id).Order().Distinct(), reader.Events.Select(e => e.Id));
}
