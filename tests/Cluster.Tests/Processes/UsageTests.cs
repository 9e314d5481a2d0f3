using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>What replies cost while silos die, over PostgreSQL.</summary>
public class UsageTests(ProcessesFixture fixture) : IClassFixture<ProcessesFixture>
{
    [PostgresFact]
    public async Task Whatever_silo_dies_the_ledger_is_the_sum_of_what_the_replies_say()
    {
        var (api, other) = (fixture.Cluster.Apis[0].Api, fixture.Cluster.Apis[1].Api);
        var conversations = new List<string>();
        foreach (var silo in fixture.Cluster.Silos)
        {
            var mine = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.CreateAsync()));
            conversations.AddRange(mine);
            await Task.WhenAll(mine.Select(conversation => api.SendAsync(conversation, "why? [demo: tokens=300 rate=60]")));
            using var reader = await api.FollowAsync(mine[0]);
            await reader.UntilIdAsync(30);
            await silo.KillAsync();
            await silo.StartAsync();
        }

        var (input, output, estimated) = (0L, 0L, 0);
        foreach (var conversation in conversations)
        {
            using var reader = await other.FollowAsync(conversation, "until=idle");
            await reader.ToEndAsync();
            var reply = await other.LastMessageAsync(conversation);
            Assert.Equal("completed", reply.Text("status"));
            var usage = reply.GetProperty("usage");
            input += usage.GetProperty("input_tokens").GetInt64();
            output += usage.GetProperty("output_tokens").GetInt64();
            estimated += usage.TryGetProperty("estimated", out _) ? 1 : 0;
        }

        foreach (var node in new[] { api, other })
        {
            var total = (await node.GetAsync("/usage")).GetProperty("total");
            Assert.Equal(
                (20, estimated, input, output),
                (
                    total.GetProperty("replies").GetInt32(),
                    total.GetProperty("estimated_replies").GetInt32(),
                    total.GetProperty("input_tokens").GetInt64(),
                    total.GetProperty("output_tokens").GetInt64()));
        }

        Assert.InRange(estimated, 1, 20);
    }
}
