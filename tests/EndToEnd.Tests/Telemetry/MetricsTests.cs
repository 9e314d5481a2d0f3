using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Telemetry;

namespace OrleansChat.EndToEnd.Tests.Telemetry;

/// <summary>What a collector gets to know of the product in numbers.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private OtlpReceiver receiver = null!;
    private ModelServer model = null!;
    private ProductProcess product = null!;

    public async Task InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync();
        model = await ModelServer.StartAsync();
        product = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await product.DisposeAsync();
        await model.DisposeAsync();
        await receiver.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Replies_are_counted_and_timed_by_their_end_and_errors_by_their_code()
    {
        model.Enqueue(ModelScript.Reply("one", " two", " three"), ModelScript.Status(500), ModelScript.Stream.Text("four").Stall());
        var conversation = await product.Api.CreateAsync();
        await AskAsync(conversation);
        await AskAsync(conversation);
        using (var reader = await product.Api.SendAndFollowAsync(conversation, "go"))
        {
            await reader.UntilAsync("reply.delta");
            await product.Api.PostAsync($"/conversations/{conversation}/cancel", new { });
        }

        await product.Api.GetAsync("/conversations/conv_nobody", HttpStatusCode.NotFound);

        await receiver.HasAsync("orleanschat.reply.duration", 1, ("orleanschat.reply.outcome", "completed"), ("gen_ai.request.model", "scripted"));
        await receiver.HasAsync("orleanschat.reply.duration", 1, ("orleanschat.reply.outcome", "failed"), ("error.type", "upstream_error"));
        await receiver.HasAsync("orleanschat.reply.duration", 1, ("orleanschat.reply.outcome", "cancelled"));
        await receiver.HasAsync("orleanschat.reply.time_to_first_token", 2, ("gen_ai.request.model", "scripted"));
        await receiver.HasAsync("orleanschat.reply.deltas", 4, ("gen_ai.request.model", "scripted"));
        await receiver.HasAsync("orleanschat.errors", 1, ("error.type", "upstream_error"));
        await receiver.HasAsync("orleanschat.errors", 1, ("error.type", "conversation_not_found"));
        await receiver.HasAsync("orleanschat.replies.running", 0);
        Assert.Equal("s", receiver.Latest("orleanschat.reply.duration")![0].Unit);
    }

    [Fact]
    public async Task Readers_and_running_replies_are_counted_while_they_are_there()
    {
        var gate = new Gate();
        model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Finish().Done());
        var conversation = await product.Api.CreateAsync();
        using (var sender = await product.Api.SendAndFollowAsync(conversation, "go"))
        using (var other = await product.Api.FollowAsync(conversation))
        {
            await other.UntilAsync("reply.delta");
            await receiver.HasAsync("orleanschat.readers", 2);
            await receiver.HasAsync("orleanschat.replies.running", 1);
            await receiver.HasAsync("orleanschat.readers.lag.max", 0);
            await receiver.HasAsync("orleanschat.reply.time_to_first_token", 1);
            gate.Open();
            await sender.ToEndAsync();
            await receiver.HasAsync("orleanschat.readers", 1);
        }

        await receiver.HasAsync("orleanschat.readers", 0);
        await receiver.HasAsync("orleanschat.replies.running", 0);
    }

    [Fact]
    public async Task Commits_and_deliveries_are_measured_and_reads_of_the_past_by_where_it_was()
    {
        var conversation = await product.Api.CreateAsync();
        await AskAsync(conversation);
        using (var again = await product.Api.FollowAsync(conversation, "after=0&until=idle"))
        {
            await again.ToEndAsync();
        }

        await receiver.WhenAsync(receiver => receiver.Latest("orleanschat.delivery.lag") is [{ Count: > 0, Value: >= 0 and < 60 }] lag ? lag : null);
        await receiver.WhenAsync(receiver => receiver.Latest("orleanschat.replays", ("orleanschat.replay.source", "memory")) is [{ Value: > 0 }] replays ? replays : null);
        var appends = (await receiver.WhenAsync(receiver => receiver.Latest("orleanschat.journal.commit.appends")))[0];
        var size = receiver.Latest("orleanschat.journal.commit.size")![0];
        Assert.True(appends.Value >= 3 && appends.Value >= appends.Count, $"{appends}");
        Assert.Equal(("By", appends.Count), (size.Unit, size.Count));
        Assert.True(size.Value > 200, $"{size}");

        // What the process forgot, the next one has from the store.
        await product.StopAsync();
        await product.DisposeAsync();
        product = await StartAsync();
        using var later = await product.Api.FollowAsync(conversation, "after=0&until=idle");
        await later.ToEndAsync();
        await receiver.HasAsync("orleanschat.replays", 1, ("orleanschat.replay.source", "store"));
    }

    [Fact]
    public async Task A_reply_that_is_taken_over_is_counted_by_what_becomes_of_it()
    {
        model.Enqueue(ModelScript.Stream.Text("half").Stall(), ModelScript.Reply("whole"));
        var conversation = await product.Api.CreateAsync();
        using (var reader = await product.Api.SendAndFollowAsync(conversation, "go"))
        {
            await reader.UntilAsync("reply.delta");
            await product.KillAsync();
        }

        await product.DisposeAsync();
        product = await StartAsync();
        using var rest = await product.Api.FollowAsync(conversation, "until=idle");
        await rest.UntilAsync("reply.completed");

        await receiver.HasAsync("orleanschat.takeovers", 1, ("orleanschat.takeover.kind", "restarted"));
    }

    [Fact]
    public async Task The_process_says_which_it_is_and_Orleans_and_dotnet_tell_of_themselves()
    {
        await AskAsync(await product.Api.CreateAsync());

        var own = (await receiver.WhenAsync(receiver => receiver.Latest("orleanschat.reply.deltas")))[0];
        await receiver.WhenAsync(receiver => receiver.Latest("http.server.request.duration"));
        await receiver.WhenAsync(receiver => receiver.Latest("dotnet.gc.heap.total_allocated"));

        Assert.Equal(("orleanschat-api", "OrleansChat"), (own.Resource["service.name"], own.Meter));
        Assert.NotEmpty(own.Resource["service.instance.id"]);
    }

    private Task<ProductProcess> StartAsync() =>
        ProductProcess.StartAsync(directory.Path, [.. ProductFixture.SettingsFor(model), .. receiver.Settings]);

    private async Task AskAsync(string conversation)
    {
        using var reader = await product.Api.SendAndFollowAsync(conversation, "go");
        await reader.ToEndAsync();
    }
}
