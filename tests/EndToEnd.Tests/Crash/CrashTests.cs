using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Crash;

/// <summary>The process is killed without warning, and what anybody saw is still true.</summary>
public class CrashTests
{
    [Fact]
    public async Task Killed_at_twenty_random_moments_what_readers_saw_is_in_the_journal()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();

        // They never end by themselves, however late the process is killed.
        model.Default = ModelScript.Stream.Text(Enumerable.Range(0, 2_000).Select(i => $"w{i} "), TimeSpan.FromMilliseconds(1)).Stall();
        var random = new Random(20);
        var seen = new Dictionary<string, List<SseEvent>>();
        for (var round = 0; round < 20; round++)
        {
            await using var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model, "Interrupt"));
            await AssertAllThereAsync(product.Api, seen);

            // Three conversations with a reader each, killed when the first has read so many events.
            var readers = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
            {
                var conversation = await product.Api.CreateAsync();
                return (conversation, Reader: await product.Api.SendAndFollowAsync(conversation, "go"));
            }));
            var reading = readers.Select(reader => reader.Reader.ToEndAsync()).ToArray();
            using var counting = await product.Api.FollowAsync(readers[0].conversation);
            await counting.UntilIdAsync(random.Next(2, 700));
            await product.KillAsync();

            await Task.WhenAll(reading);
            foreach (var (conversation, reader) in readers)
            {
                Assert.True(reader.WasCut);
                seen.Add(conversation, [.. reader.Events]);
                reader.Dispose();
            }
        }

        await using var last = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model, "Interrupt"));
        await AssertAllThereAsync(last.Api, seen);
        Assert.Equal(60, seen.Count);
    }

    [Fact]
    public async Task A_reply_that_a_crash_cut_off_is_interrupted_also_where_nobody_looks()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        var gate = new Gate();
        model.Enqueue(ModelScript.Stream.Text("half of it").Wait(gate));
        string conversation;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model, "Interrupt")))
        {
            conversation = await product.Api.CreateAsync();
            using var reader = await product.Api.SendAndFollowAsync(conversation, "go");
            await reader.UntilAsync("reply.delta");
            await product.KillAsync();
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model, "Interrupt"));
        using var rest = await again.Api.FollowAsync(conversation, "after=3");
        await rest.UntilAsync("reply.interrupted");
        var reply = await again.Api.LastMessageAsync(conversation);
        var listed = (await again.Api.GetAsync("/conversations")).GetProperty("data")[0];

        Assert.Equal(("half of it", "interrupted"), (reply.GetProperty("content").GetString(), reply.GetProperty("status").GetString()));
        Assert.Equal("idle", listed.GetProperty("status").GetString());

        // And the conversation goes on.
        model.Enqueue(ModelScript.Reply("whole"));
        using var next = await again.Api.SendAndFollowAsync(conversation, "again");
        await next.ToEndAsync();
        Assert.Equal("whole", next.Text);
    }

    [Fact]
    public async Task A_reply_of_a_model_that_continues_is_the_same_after_a_crash_as_without_one()
    {
        const string Question = "why? [demo: tokens=200]";
        using var directory = new TemporaryDirectory();
        string conversation;
        long cursor;
        await using (var product = await ProductProcess.StartAsync(directory.Path, DemoSpeed.Killable))
        {
            conversation = await product.Api.CreateAsync();
            using var reader = await product.Api.SendAndFollowAsync(conversation, Question);
            await reader.UntilIdAsync(40);
            cursor = reader.Cursor;
            await product.KillAsync();
            await reader.ToEndAsync();
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, DemoSpeed.Fast);
        using var rest = await again.Api.FollowAsync(conversation, "until=idle", lastEventId: cursor);
        await rest.ToEndAsync();
        using var all = await again.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        await all.ToEndAsync();
        using var undisturbed = await again.Api.SendAndFollowAsync(await again.Api.CreateAsync(), Question);
        await undisturbed.ToEndAsync();

        Assert.Equal(1, rest.Events.Count(e => e.Type == "reply.continued"));
        Assert.Equal("reply.completed", rest.Events[^1].Type);
        Assert.Equal(undisturbed.Text, all.Text);
        Assert.Equal(Enumerable.Range(1, all.Events.Count).Select(id => (long)id), all.Events.Select(e => e.Id));
        Assert.Equal(undisturbed.Text, (await again.Api.LastMessageAsync(conversation)).GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_reply_of_any_other_model_begins_anew_after_a_crash()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        model.Enqueue(ModelScript.Reply("first"), ModelScript.Stream.Text("half of it").Stall());
        string conversation, first;
        long head;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model)))
        {
            (conversation, first) = await AskAsync(product.Api);
            head = await product.Api.SendAsync(conversation, "go");
            using var reader = await product.Api.FollowAsync(conversation, $"after={head + 1}");
            await reader.UntilAsync("reply.delta");
            await product.KillAsync();
        }

        model.Enqueue(ModelScript.Reply("whole"));
        await using var again = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model));
        using var rest = await again.Api.FollowAsync(conversation, $"until=idle&after={head + 1}");
        await rest.ToEndAsync();

        Assert.Equal(["reply.delta", "reply.restarted", "reply.delta", "reply.completed"], rest.Events.Select(e => e.Type));
        Assert.Equal("whole", (await again.Api.LastMessageAsync(conversation)).GetProperty("content").GetString());
        Assert.Equal(3, model.Requests.Count);

        // The reply before it is nobody's loss: who asks for that once more gets all of it.
        Assert.Contains("first", first, StringComparison.Ordinal);
        Assert.Equal((conversation, first), await AskAsync(again.Api));
    }

    private static async Task<(string Conversation, string Said)> AskAsync(ChatApi api)
    {
        using var stream = await api.PostAndFollowAsync("/chat?message=go", null, ("Idempotency-Key", "asked-once"));
        await stream.ToEndAsync();
        return (stream.Response.Headers.GetValues("X-Conversation-Id").Single(), string.Join('\n', stream.Events.Select(e => e.Data)));
    }

    [Fact]
    public async Task A_reply_that_brings_its_process_down_does_not_do_so_for_ever()
    {
        using var directory = new TemporaryDirectory();
        var settings = new[] { ("Replies__TakeOver__Attempts", "2") };
        string conversation;
        await using (var product = await ProductProcess.StartAsync(directory.Path, settings))
        {
            conversation = await product.Api.CreateAsync();
            await product.Api.SendAsync(conversation, "go [demo: stall after=3]");
            using var reader = await product.Api.FollowAsync(conversation);
            await reader.UntilIdAsync(6);
            await product.KillAsync();
        }

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await using var product = await ProductProcess.StartAsync(directory.Path, settings);
            using var reader = await product.Api.FollowAsync(conversation);
            await reader.UntilIdAsync(6 + attempt);
            Assert.Equal(("reply.continued", attempt), (reader.Events[^1].Type, reader.Events[^1].Json.GetProperty("attempt").GetInt32()));
            await product.KillAsync();
        }

        await using var last = await ProductProcess.StartAsync(directory.Path, settings);
        using var rest = await last.Api.FollowAsync(conversation, "until=idle&after=8");
        await rest.ToEndAsync();
        Assert.Equal("reply.interrupted", rest.Events[^1].Type);
    }

    [Fact]
    public async Task Asked_to_stop_it_tells_readers_to_come_back_ends_cleanly_and_leaves_nothing_open()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        model.Enqueue(ModelScript.Stream.Text("half of it").Stall());
        string conversation;
        long cursor;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model, "Interrupt")))
        {
            conversation = await product.Api.CreateAsync();
            await product.Api.SendAsync(conversation, "go");
            using var reader = await product.Api.FollowAsync(conversation);
            await reader.UntilAsync("reply.delta");
            var stopping = product.StopAsync();
            await reader.ToEndAsync();

            Assert.False(reader.WasCut);
            Assert.Equal(0, await stopping);
            cursor = reader.Cursor;
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model, "Interrupt"));
        using var rest = await again.Api.FollowAsync(conversation, "until=idle", lastEventId: cursor);
        await rest.ToEndAsync();
        Assert.Equal(["reply.interrupted"], rest.Events.Select(e => e.Type));
    }

    private static async Task AssertAllThereAsync(ChatApi api, Dictionary<string, List<SseEvent>> seen)
    {
        foreach (var (conversation, events) in seen)
        {
            using var reader = await api.FollowAsync(conversation, "until=idle&catchup=deltas");
            await reader.ToEndAsync();
            var journal = reader.Events.ToDictionary(e => e.Id);
            Assert.Equal(Enumerable.Range(1, reader.Events.Count).Select(id => (long)id), reader.Events.Select(e => e.Id));
            Assert.Equal("reply.interrupted", reader.Events[^1].Type);
            Assert.All(events.Where(e => e.Type != "reply.delta"), e => Assert.Equal(e, journal[e.Id]));
            var last = events.Count == 0 ? 0 : events[^1].Id;
            Assert.Equal(SseConnection.TextOf(events), SseConnection.TextOf(reader.Events.Where(e => e.Id <= last)));
        }
    }
}
