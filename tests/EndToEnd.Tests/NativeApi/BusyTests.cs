using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>What becomes of messages that come while a reply runs.</summary>
public class BusyTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task Interrupting_keeps_the_partial_reply_and_goes_on_from_it()
    {
        var (conversation, running, upstream) = await StartAsync();
        using var first = running;
        fixture.Model.Enqueue(ModelScript.Reply("Better."));

        using var second = await PostAsync(conversation, new { content = "Shorter!", on_busy = "interrupt" });
        await second.ToEndAsync();
        await first.ToEndAsync();

        await upstream.Aborted.WaitAsync(Patience);
        Assert.Equal(("reply.cancelled", false), (first.Events[^1].Type, first.WasCut));
        Assert.Equal(["message.created", "reply.started"], second.Events.Take(2).Select(e => e.Type));
        Assert.Equal(["user go", "assistant one", "user Shorter!", "assistant Better."], await HistoryAsync(conversation));
        Assert.Equal(first.Cursor + 1, second.Events[0].Id);
    }

    [Fact]
    public async Task Rolling_back_leaves_the_reply_and_its_question_behind_as_a_branch()
    {
        var (conversation, running, upstream) = await StartAsync();
        using var first = running;
        fixture.Model.Enqueue(ModelScript.Reply("Better."));

        using var second = await PostAsync(conversation, new { content = "Rather this.", on_busy = "rollback" });
        await second.ToEndAsync();

        await upstream.Aborted.WaitAsync(Patience);
        Assert.Equal(["user Rather this.", "assistant Better."], await HistoryAsync(conversation));
        Assert.Equal(["user go", "assistant one", "user Rather this.", "assistant Better."], await HistoryAsync(conversation, "branch=all"));
        Assert.Equal(["user go", "assistant one"], await HistoryAsync(conversation, "head=msg_3"));
    }

    [Fact]
    public async Task Queued_messages_are_visible_ordered_cancellable_and_start_by_themselves()
    {
        var (conversation, running, _) = await StartAsync();
        using var first = running;
        var queued = new List<string>();
        foreach (var content in new[] { "two", "three", "four" })
        {
            var (status, sent) = await Api.RequestAsync(
                HttpMethod.Post, $"/conversations/{conversation}/messages", new { content, on_busy = "queue" }).ReadJsonAsync();
            Assert.Equal((202, true), (status, sent.GetProperty("queued").GetBoolean()));
            Assert.Equal(System.Text.Json.JsonValueKind.Null, sent.GetProperty("reply").ValueKind);
            queued.Add(sent.Text("message")!);
        }

        var queue = await Api.GetAsync($"/conversations/{conversation}/queue");
        Assert.Equal(queued, queue.GetProperty("data").EnumerateArray().Select(item => item.Text("id")!));
        Assert.Equal(16, queue.GetProperty("limit").GetInt32());
        for (var i = 0; i < 2; i++)
        {
            await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/queue/{queued[1]}", System.Net.HttpStatusCode.NoContent);
        }

        // A failed reply does not stop the queue, and neither does a cancelled one.
        fixture.Model.Enqueue(ModelScript.Stream.Text("broken"), ModelScript.Reply("4"));
        await Api.PostAsync($"/conversations/{conversation}/cancel", new { });
        using var reader = await Api.FollowAsync(conversation, "until=idle");
        await reader.ToEndAsync();

        Assert.Equal(
            ["user go", "assistant one", "user two", "assistant broken", "user four", "assistant 4"], await HistoryAsync(conversation));
        var created = reader.Events.Where(e => e.Type == "message.created").Select(e => e.Json.Text("message")!).Skip(1);
        Assert.Equal([queued[0], queued[2]], created);
        Assert.Empty((await Api.GetAsync($"/conversations/{conversation}/queue")).GetProperty("data").EnumerateArray());
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/queue/{queued[0]}", System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_stream_of_a_queued_message_lasts_until_its_own_reply_has_ended()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text(" more").Finish().Done(), ModelScript.Reply("2"));
        var conversation = await Api.CreateAsync();
        using var first = await PostAsync(conversation, new { content = "go" });
        await first.UntilAsync("reply.delta");

        using var second = await PostAsync(conversation, new { content = "two", on_busy = "queue" });
        await second.UntilAsync("message.queued");
        gate.Open();
        await second.ToEndAsync();

        Assert.Equal(
            ["message.queued", "reply.delta", "reply.completed", "message.created", "reply.started", "reply.delta", "reply.completed"],
            second.Events.Select(e => e.Type));
        Assert.Equal(second.Events[0].Json.Text("message"), second.Events[3].Json.Text("message"));
        Assert.Equal(first.Events[1].Json.Text("message"), second.Events[3].Json.Text("parent"));
    }

    [Fact]
    public async Task The_stream_of_a_message_that_is_taken_out_of_the_queue_ends()
    {
        var (conversation, running, _) = await StartAsync();
        using var first = running;
        using var second = await PostAsync(conversation, new { content = "two", on_busy = "queue" });
        var message = (await second.UntilAsync("message.queued")).Json.Text("message");

        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/queue/{message}", System.Net.HttpStatusCode.NoContent);
        await second.ToEndAsync();

        Assert.Equal(("message.unqueued", false), (second.Events[^1].Type, second.WasCut));
    }

    [Fact]
    public async Task Other_replies_can_wait_too()
    {
        var (conversation, running, _) = await StartAsync();
        using var first = running;
        fixture.Model.Enqueue(ModelScript.Reply("two"));

        using var second = await Api.PostAndFollowAsync($"/conversations/{conversation}/messages/msg_3/regenerate", new { on_busy = "queue" });
        var waiting = await second.UntilAsync("message.queued");
        await Api.PostAsync($"/conversations/{conversation}/cancel", new { });
        await second.ToEndAsync();

        Assert.Equal(("assistant", "msg_2"), (waiting.Json.Text("role"), waiting.Json.Text("parent")));
        Assert.Equal(waiting.Json.Text("message"), second.Events[^1].Json.Text("message"));
        Assert.Equal(["user go", "assistant two"], await HistoryAsync(conversation));
    }

    [Fact]
    public async Task No_more_may_wait_than_sixteen()
    {
        var (conversation, running, _) = await StartAsync();
        using var first = running;
        for (var i = 0; i < 16; i++)
        {
            await Api.PostAsync(
                $"/conversations/{conversation}/messages", new { content = $"{i}", on_busy = "queue" }, System.Net.HttpStatusCode.Accepted);
        }

        var (status, problem) = await Api.RequestAsync(
            HttpMethod.Post, $"/conversations/{conversation}/messages", new { content = "more", on_busy = "queue" }).ReadJsonAsync();

        Assert.Equal((409, "queue_full", 16), (status, problem.Text("code"), problem.GetProperty("limit").GetInt32()));
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", System.Net.HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_queue_survives_the_death_of_the_process()
    {
        using var directory = new Testing.TemporaryDirectory();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Stall());
        string conversation;
        string? waiting;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(fixture.Model)))
        {
            conversation = await product.Api.CreateAsync();
            using var first = await product.Api.SendAndFollowAsync(conversation, "go");
            await first.UntilAsync("reply.delta");
            waiting = (await QueueAsync(product.Api)).Text("message");
            await product.KillAsync();
        }

        fixture.Model.Enqueue(ModelScript.Reply("1"), ModelScript.Reply("2"));
        await using var next = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(fixture.Model));
        using var reader = await next.Api.FollowAsync(conversation, "until=idle");
        await reader.ToEndAsync();

        var messages = await next.Api.MessagesAsync(conversation);
        Assert.Equal(["user go", "assistant 1", "user two", "assistant 2"], messages.Select(Describe));

        // Nor does its sender, who never got an answer perhaps, send it twice.
        var again = await QueueAsync(next.Api);
        Assert.Equal((waiting, waiting, messages[3].Text("id")), (messages[2].Text("id"), again.Text("message"), again.Text("reply")));
        Assert.Equal(4, (await next.Api.MessagesAsync(conversation, "branch=all")).Count);

        async Task<System.Text.Json.JsonElement> QueueAsync(ChatApi api)
        {
            var body = new { content = "two", on_busy = "queue" };
            var (status, sent) = await api.RequestAsync(
                HttpMethod.Post, $"/conversations/{conversation}/messages", body, ("Idempotency-Key", "k")).ReadJsonAsync();
            Assert.Equal(202, status);
            return sent;
        }
    }

    private static string Describe(System.Text.Json.JsonElement message) => $"{message.Text("role")} {message.Text("content")}";

    private async Task<(string Conversation, SseConnection Reader, ModelRequest Upstream)> StartAsync()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Stall());
        var conversation = await Api.CreateAsync();
        var reader = await PostAsync(conversation, new { content = "go" });
        await reader.UntilAsync("reply.delta");
        return (conversation, reader, fixture.Model.Requests[^1]);
    }

    private Task<SseConnection> PostAsync(string conversation, object body) =>
        Api.PostAndFollowAsync($"/conversations/{conversation}/messages", body);

    private async Task<IEnumerable<string>> HistoryAsync(string conversation, string query = "limit=100") =>
        (await Api.MessagesAsync(conversation, query)).Select(Describe);
}
