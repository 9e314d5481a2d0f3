using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Secrecy;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>What a database and the way between processes could take for more than text, or not hold.</summary>
public class HostileTextsTests(ProcessesFixture fixture) : IClassFixture<ProcessesFixture>
{
    [PostgresFact]
    public async Task What_is_said_at_one_node_is_read_at_another_as_it_was_said_and_found()
    {
        var (here, there) = (fixture.Cluster.Apis[0].Api, fixture.Cluster.Apis[1].Api);
        foreach (var (attacks, text) in HostileTexts.All)
        {
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = text.Length <= 512 ? text : "", [text[..Math.Min(64, text.Length)]] = "key" };
            var title = text[..Math.Min(150, text.Length)] + " hostiletitle";
            var id = await here.CreateAsync(new { title, metadata, system = text });
            var items = new object[] { new { role = "user", content = text }, new { role = "assistant", content = text + " hostileword" } };
            await here.PostAsync($"/v1/conversations/{id}/items", new { items });

            var read = await there.GetAsync($"/conversations/{id}");
            Assert.True((title, text) == (read.Text("title")!, read.Text("system")!), $"{attacks}: {read}");
            Assert.Equal(metadata, read.GetProperty("metadata").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal));
            Assert.Equal([text, text + " hostileword"], (await there.MessagesAsync(id)).Select(message => message.Text("content")));
            using var events = await (await there.FollowAsync(id, "until=idle")).ToEndAsync();
            Assert.Equal(Enumerable.Range(1, events.Events.Count).Select(sequence => (long)sequence), events.Events.Select(e => e.Id));

            using var turn = await (await here.SendAndFollowAsync(id, "And? [demo: tokens=3]")).ToEndAsync();
            Assert.Equal("reply.completed", turn.Events[^1].Type);
        }

        // What was said is indexed when a turn has ended.
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await CountAsync(there, "hostiletitle") + await CountAsync(there, "hostileword") < 2 * HostileTexts.All.Length)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        foreach (var (_, text) in HostileTexts.All.Where(text => text.Text.Length <= 300))
        {
            using var found = await there.Http.GetAsync(new Uri($"/conversations?q={Uri.EscapeDataString($"x{text}'|!x:*")}", UriKind.Relative));
            Assert.InRange((int)found.StatusCode, 200, 400);
        }
    }

    private static async Task<int> CountAsync(ChatApi api, string word) =>
        (await api.GetAsync($"/conversations?limit=100&q={word}")).GetProperty("data").GetArrayLength();
}
