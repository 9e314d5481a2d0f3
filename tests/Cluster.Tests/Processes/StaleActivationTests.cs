using OrleansChat.Testing.Models;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>
/// Two activations of one conversation, as after a partition in which each side takes the other for dead: two clusters that know
/// nothing of each other, over one database.
/// </summary>
public class StaleActivationTests
{
    [PostgresFact]
    public async Task The_one_that_was_taken_over_from_is_fenced_off_and_steps_down_and_there_is_one_history()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var model = await ModelServer.StartAsync();
        await using var sides = new ClusterProcesses("stale-activation", database.ConnectionString);
        foreach (var name in new[] { "here", "there" })
        {
            var side = sides.AddApi();
            foreach (var (key, value) in ProductFixture.SettingsFor(model, "Continue"))
            {
                side.Set(key, value);
            }

            side.Set("Cluster__HostsSilo", "true");
            side.Set("Cluster__ClusterId", name);
            side.Set("Cluster__ServiceId", name);
            side.Set("Cluster__SiloPort", $"{FreePort.Next()}");
            side.Set("Cluster__GatewayPort", $"{FreePort.Next()}");
        }

        await Task.WhenAll(sides.Apis.Select(side => side.StartAsync()));
        var (stale, current) = (sides.Apis[0], sides.Apis[1]);
        var gate = new Gate();
        model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text(" lost").Finish().Done());
        model.Enqueue(ModelScript.Stream.Text(" two").Finish().Done());
        var conversation = await stale.Api.CreateAsync();
        using (var first = await stale.Api.SendAndFollowAsync(conversation, "why?"))
        {
            await first.UntilTextAsync("one");
        }

        using var reader = await current.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        await reader.ToEndAsync();

        Assert.Equal(Enumerable.Range(1, reader.Events.Count).Select(id => (long)id), reader.Events.Select(e => e.Id));
        Assert.Equal(1, reader.Events.Count(e => e.Type == "reply.continued"));
        Assert.Equal("reply.completed", reader.Events[^1].Type);
        Assert.Equal("one two", reader.Text);

        // The stale side has been told nothing, and goes on until its next append.
        gate.Open();
        await Waiting.ForAsync(() => stale.Log.Contains("stopped on our side; the next activation takes it over", StringComparison.Ordinal));

        // What steps down forgets: asked again, the stale side has the one history too.
        using var there = await stale.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        await there.ToEndAsync();
        Assert.Equal(reader.Events, there.Events);
    }
}
