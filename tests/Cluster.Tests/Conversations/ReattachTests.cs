using System.Net;
using OrleansChat.Models;
using OrleansChat.Models.Responses;
using OrleansChat.Testing.Models.Responses;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>
/// A silo leaves or dies in the middle of a reply that the model's provider goes on producing: another silo reads it on. The provider is a
/// real HTTP server that counts what it was asked to produce.
/// </summary>
public sealed class ReattachTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ResponsesServer provider = null!;
    private ResponsesChatClient client = null!;
    private ChatCluster cluster = null!;
    private ApiNode node = null!;
    private string conversation = null!;

    public async Task InitializeAsync()
    {
        provider = await ResponsesServer.StartAsync();
        client = new ResponsesChatClient(new ModelOptions { Endpoint = provider.Endpoint, Model = "test-model" }, TimeProvider.System);
        cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Reattach, client: client);
        node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
    }

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        await cluster.DisposeAsync();
        client.Dispose();
        await provider.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_reply_is_read_on_where_the_journal_ends_and_produced_once(bool killed)
    {
        var (reader, response) = await ReadHalfAReplyAsync();

        await LeaveAsync(killed);
        response.Emit(" while", " nobody", " looked");
        await response.WaitForReadersAsync(2).WaitAsync(Patience);
        response.Emit(" and", " half");
        response.Complete(input: 12, output: 7);
        await reader.ToEndAsync();

        Assert.Equal("half while nobody looked and half", reader.Text);
        Assert.Equal(["reply.attached", "reply.delta", "reply.continued", "reply.delta", "reply.completed"], reader.TypesAfterStart);
        Assert.Equal(reader.Text, (await node.Api.LastMessageAsync(conversation)).GetProperty("content").GetString());
        Assert.Equal(7, reader.Events[^1].Json.GetProperty("usage").GetProperty("output_tokens").GetInt32());
        Assert.Equal(reader.Events.Select(e => e.Id).Order().Distinct(), reader.Events.Select(e => e.Id));
        Assert.Single(provider.Responses);
        Assert.Equal(2, provider.Requests.Count);
        reader.Dispose();
    }

    [Fact]
    public async Task A_silo_that_dies_before_there_is_any_text_loses_nothing_either()
    {
        conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[1]);
        using var reader = await node.Api.SendAndFollowAsync(conversation, "go");
        var response = await provider.NextResponseAsync();
        await reader.UntilAsync("reply.attached");

        await LeaveAsync(killed: true);
        await response.WaitForReadersAsync(2).WaitAsync(Patience);
        response.Emit("whole");
        response.Complete();
        await reader.ToEndAsync();

        Assert.Equal("whole", reader.Text);
        Assert.Single(provider.Responses);
    }

    [Fact]
    public async Task A_response_that_the_provider_has_forgotten_is_asked_for_anew()
    {
        var (reader, response) = await ReadHalfAReplyAsync();
        provider.Forget(response);

        await LeaveAsync(killed: true);
        var second = await provider.NextResponseAsync();
        second.Emit("whole");
        second.Complete();
        await reader.ToEndAsync();

        Assert.Equal(
            ["reply.attached", "reply.delta", "reply.continued", "reply.restarted", "reply.attached", "reply.delta", "reply.completed"],
            reader.TypesAfterStart);
        Assert.Equal("whole", (await node.Api.LastMessageAsync(conversation)).GetProperty("content").GetString());
        Assert.Equal(2, provider.Responses.Count);
        reader.Dispose();
    }

    [Fact]
    public async Task A_connection_that_breaks_costs_nothing()
    {
        var (reader, response) = await ReadHalfAReplyAsync();

        response.Break(cleanly: false);
        await response.WaitForReadersAsync(2).WaitAsync(Patience);
        response.Emit(" and half");
        response.Complete();
        await reader.ToEndAsync();

        Assert.Equal("half and half", reader.Text);
        Assert.Equal(["reply.attached", "reply.delta", "reply.completed"], reader.TypesAfterStart);
        Assert.Single(provider.Responses);
        reader.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_reaches_the_provider(bool takenOver)
    {
        var (reader, response) = await ReadHalfAReplyAsync();
        if (takenOver)
        {
            await LeaveAsync(killed: true);
            await response.WaitForReadersAsync(2).WaitAsync(Patience);
        }

        Assert.False(response.Cancelled.IsCompleted);
        await node.Api.PostAsync($"/conversations/{conversation}/cancel", new { });
        await reader.ToEndAsync();

        await response.Cancelled.WaitAsync(Patience);
        Assert.Equal("reply.cancelled", reader.Events[^1].Type);
        Assert.Single(provider.Responses);
        reader.Dispose();
    }

    [Theory]
    [InlineData("interrupt")]
    [InlineData("rollback")]
    public async Task Going_on_without_it_reaches_the_provider(string onBusy)
    {
        var (reader, response) = await ReadHalfAReplyAsync();

        await node.Api.PostAsync($"/conversations/{conversation}/messages", new { content = "no, this", on_busy = onBusy }, HttpStatusCode.Accepted);

        await response.Cancelled.WaitAsync(Patience);
        (await provider.NextResponseAsync()).Complete();
        reader.Dispose();
    }

    [Fact]
    public async Task Deleting_the_conversation_reaches_the_provider()
    {
        var (reader, response) = await ReadHalfAReplyAsync();

        await node.Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);

        await response.Cancelled.WaitAsync(Patience);
        reader.Dispose();
    }

    private async Task<(SseConnection Reader, ServedResponse Response)> ReadHalfAReplyAsync()
    {
        conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[1]);
        var reader = await node.Api.SendAndFollowAsync(conversation, "go");
        var response = await provider.NextResponseAsync();
        response.Emit("half");
        await reader.UntilAsync("reply.delta");
        return (reader, response);
    }

    private Task LeaveAsync(bool killed) =>
        killed ? cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]) : cluster.Silos.StopSiloAsync(cluster.Silos.Silos[1]);

    // Runs of deltas, which readers may get merged, count as one.
}
