using OrleansChat.Testing.Models;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Telemetry;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>What a collector gets to know of a cluster.</summary>
public class TelemetryTests
{
    [PostgresFact]
    public async Task A_request_is_one_trace_through_both_processes_to_the_model_and_each_measures_its_part()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var model = await ModelServer.StartAsync();
        await using var cluster = await ClusterProcesses.StartAsync(
            "telemetry",
            database.ConnectionString,
            silos: 1,
            apis: 1,
            [
                ("Models__scripted__Provider", "openai"), ("Models__scripted__Endpoint", $"{model.Endpoint}"), ("Models__Default", "scripted"),
                .. receiver.Settings,
            ]);
        var api = cluster.Apis[0].Api;

        using (var reader = await api.SendAndFollowAsync(await api.CreateAsync(), "go"))
        {
            await reader.ToEndAsync();
        }

        var trace = model.Requests[0].Headers["traceparent"].Split('-')[1];
        var request = await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Trace == trace && span.Parent.Length == 0));
        var reply = await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Trace == trace && span.Name == "reply"));
        Assert.Equal(("orleanschat-api", "POST /conversations/{id}/messages"), (request.Service, request.Name));
        Assert.Equal("orleanschat-silo", reply.Service);

        await receiver.HasAsync("orleanschat.reply.duration", 1, ("orleanschat.reply.outcome", "completed"));
        var lag = await receiver.WhenAsync(receiver => receiver.Latest("orleanschat.delivery.lag"));
        var commits = await receiver.WhenAsync(receiver => receiver.Latest("orleanschat.journal.commit.duration"));
        Assert.Equal("orleanschat-api", Assert.Single(lag).Resource["service.name"]);
        Assert.Equal("orleanschat-silo", Assert.Single(commits).Resource["service.name"]);
    }
}
