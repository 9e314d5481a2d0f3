using System.Diagnostics;
using System.Net;
using System.Text.Json;
using OrleansChat.Limiting;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>An owner has as much as he may in the whole cluster, whichever of its processes he talks to, and whichever of them die.</summary>
public class OwnerLimitsTests(OwnerLimitsFixture fixture) : IClassFixture<OwnerLimitsFixture>
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    [PostgresFact]
    public async Task Requests_at_two_nodes_count_together()
    {
        using var here = fixture.As("rate", 0);
        using var there = fixture.As("rate", 1);
        var served = 0;
        for (var (refusedHere, refusedThere) = (false, false); !refusedHere || !refusedThere;)
        {
            refusedHere = await IsRefusedAsync(here);
            refusedThere = await IsRefusedAsync(there);
        }

        // Shares become single requests in the end: no node keeps any for itself while the other needs them.
        Assert.Equal(100, served);

        // Others are not concerned.
        using var other = fixture.As("somebody", 0);
        using var answer = await other.RequestAsync(HttpMethod.Get, "/conversations", null);
        Assert.Equal((HttpStatusCode.OK, true), (answer.StatusCode, answer.Headers.GetValues("RateLimit-Policy").Single().StartsWith("\"requests\";q=600;w=60", StringComparison.Ordinal)));

        async Task<bool> IsRefusedAsync(ChatApi api)
        {
            using var response = await api.RequestAsync(HttpMethod.Get, "/conversations?limit=1", null);
            served += response.StatusCode == HttpStatusCode.OK ? 1 : 0;
            return response.StatusCode == HttpStatusCode.TooManyRequests;
        }
    }

    [PostgresFact]
    public async Task Connections_at_two_nodes_count_together_and_those_of_a_killed_node_are_forgotten()
    {
        using var here = fixture.As("streams", 0);
        using var there = fixture.As("streams", 1);
        var conversation = await here.CreateAsync();
        using var first = await here.FollowAsync(conversation);
        using var second = await there.FollowAsync(conversation);
        using var third = await there.FollowAsync(conversation);
        Assert.All([first, second, third], stream => Assert.Equal(HttpStatusCode.OK, stream.Status));
        Assert.Equal((false, false), (await OpensAsync(here, conversation), await OpensAsync(there, conversation)));

        await fixture.Cluster.Apis[1].KillAsync();
        var watch = Stopwatch.StartNew();
        await UntilAsync(() => OpensAsync(here, conversation));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, LeaseTimes.Lease + Slack);
        await fixture.Cluster.Apis[1].StartAsync();
    }

    [PostgresFact]
    public async Task Replies_on_two_silos_count_together_and_go_on_to_count_when_one_of_the_silos_dies()
    {
        using var api = fixture.As("replies", 0);
        var running = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var conversation = await api.CreateAsync();
            await api.SendAsync(conversation, "[demo: tokens=100000]");
            running.Add(conversation);
        }

        Assert.Equal(429, await SendAsync(api));
        foreach (var silo in fixture.Cluster.Silos)
        {
            // One of the two counts, and each may have some of the replies, which the other takes over.
            await silo.KillAsync();
            await UntilAsync(async () => await SendAsync(api) == 429);
            foreach (var conversation in running)
            {
                // Where the silo that died had it, nobody answers for it until the cluster knows of that.
                Assert.Equal("replying", await StatusAsync(api, conversation));
            }

            await silo.StartAsync();
        }

        await api.PostAsync($"/conversations/{running[0]}/cancel", new { });
        await UntilAsync(async () => await SendAsync(api) == 202);
        foreach (var conversation in running)
        {
            await api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);
        }
    }

    [PostgresFact]
    public async Task Tokens_of_replies_on_two_silos_count_together()
    {
        using var api = fixture.As("tokens", 0);
        var conversations = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var conversation = await api.CreateAsync();
            await api.SendAsync(conversation, "[demo: tokens=100000 rate=300]");
            conversations.Add(conversation);
        }

        foreach (var conversation in conversations)
        {
            using var reader = await api.FollowAsync(conversation, "until=idle");
            await reader.ToEndAsync();
            Assert.Equal("budget", (await api.LastMessageAsync(conversation)).Text("finish_reason"));
        }

        // A piece each may be too much; the last of a share each may be left.
        var total = (await api.GetAsync("/usage")).GetProperty("total");
        Assert.InRange(total.GetProperty("input_tokens").GetInt64() + total.GetProperty("output_tokens").GetInt64(), 700, 1_030);
    }

    // Counts the reply only for a moment, where it starts.
    private static async Task<int> SendAsync(ChatApi api)
    {
        var conversation = await api.CreateAsync();
        var (status, _) = await api.RequestAsync(HttpMethod.Post, $"/conversations/{conversation}/messages", new { content = "go [demo: tokens=100000]" }).ReadJsonAsync();
        await api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);
        return status;
    }

    private static async Task<string?> StatusAsync(ChatApi api, string conversation)
    {
        var (code, body) = (0, default(JsonElement));
        await UntilAsync(async () =>
        {
            (code, body) = await api.RequestAsync(HttpMethod.Get, $"/conversations/{conversation}", null).ReadJsonAsync();
            return code != (int)HttpStatusCode.ServiceUnavailable;
        });
        Assert.Equal((int)HttpStatusCode.OK, code);
        return body.Text("status");
    }

    private static async Task<bool> OpensAsync(ChatApi api, string conversation)
    {
        using SseConnection stream = await api.FollowAsync(conversation);
        Assert.True(stream.Status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests);
        return stream.Status == HttpStatusCode.OK;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
