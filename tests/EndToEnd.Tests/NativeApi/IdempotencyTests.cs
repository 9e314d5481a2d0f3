using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>A request with the key of one that came before attaches to what that started.</summary>
public class IdempotencyTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task The_same_request_attaches_to_the_running_reply_and_to_the_ended_one()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text(" two").Finish().Usage(1, 2).Done());
        var conversation = await Api.CreateAsync();
        var path = $"/conversations/{conversation}/messages";
        var asked = fixture.Model.Requests.Count;
        using var first = await Api.PostAndFollowAsync(path, new { content = "go" }, ("Idempotency-Key", "\"k-1\""));
        await first.UntilAsync("reply.delta");

        // In quotes, as the draft has it, or without, as most clients do.
        using var second = await Api.PostAndFollowAsync(path, new { content = "go" }, ("Idempotency-Key", "k-1"));
        await second.UntilAsync("reply.delta");
        var (status, sent) = await Api.RequestAsync(HttpMethod.Post, path, new { content = "go" }, ("Idempotency-Key", "k-1")).ReadJsonAsync();
        gate.Open();
        await first.ToEndAsync();
        await second.ToEndAsync();
        using var late = await Api.PostAndFollowAsync(path, new { content = "go" }, ("Idempotency-Key", "k-1"));
        await late.ToEndAsync();

        Assert.Equal((202, "msg_2", "msg_3"), (status, sent.Text("message"), sent.Text("reply")));
        Assert.All([first, second, late], reader => Assert.Equal("one two", reader.Text));
        Assert.All([first, second, late], reader => Assert.Equal(("message.created", 2), (reader.Events[0].Type, reader.Events[0].Id)));
        Assert.All([first, second, late], reader => Assert.Equal("reply.completed", reader.Events[^1].Type));
        Assert.Equal(asked + 1, fixture.Model.Requests.Count);
        Assert.Equal(2, (await Api.MessagesAsync(conversation)).Count);
    }

    [Fact]
    public async Task Who_repeats_the_request_to_reconnect_gets_the_rest()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text(" two").Finish().Usage(1, 2).Done());
        var conversation = await Api.CreateAsync();
        var path = $"/conversations/{conversation}/messages";
        using (var first = await Api.PostAndFollowAsync(path, new { content = "go" }, ("Idempotency-Key", "k-1")))
        {
            await first.UntilIdAsync(4);
        }

        using var second = await Api.PostAndFollowAsync(path, new { content = "go" }, ("Idempotency-Key", "k-1"), ("Last-Event-ID", "4"));
        gate.Open();
        await second.ToEndAsync();
        using var late = await Api.PostAndFollowAsync(path, new { content = "go" }, ("Idempotency-Key", "k-1"), ("Last-Event-ID", $"{second.Cursor}"));
        await late.ToEndAsync();
        using var never = await Api.PostAndFollowAsync(path, new { content = "go" }, ("Idempotency-Key", "k-1"), ("Last-Event-ID", "99"));

        Assert.Equal((" two", 5, "reply.completed"), (second.Text, second.Events[0].Id, second.Events[^1].Type));
        Assert.Equal((System.Net.HttpStatusCode.OK, 0, false), (late.Status, late.Events.Count, late.WasCut));
        Assert.Equal(System.Net.HttpStatusCode.Gone, never.Status);
    }

    [Fact]
    public async Task A_stream_that_is_attached_to_an_old_message_ends_with_its_reply_not_with_a_later_one()
    {
        fixture.Model.Enqueue(ModelScript.Reply("one"), ModelScript.Reply("two"));
        var conversation = await Api.CreateAsync();
        var path = $"/conversations/{conversation}/messages";
        foreach (var content in new[] { "first", "second" })
        {
            using var reader = await Api.PostAndFollowAsync(path, new { content }, ("Idempotency-Key", content));
            await reader.ToEndAsync();
        }

        using var late = await Api.PostAndFollowAsync(path, new { content = "first" }, ("Idempotency-Key", "first"));
        await late.ToEndAsync();

        Assert.Equal("one", late.Text);
    }

    [Theory]
    [InlineData("other body")]
    [InlineData("other call")]
    public async Task A_key_of_another_request_is_refused(string how)
    {
        fixture.Model.Enqueue(ModelScript.Reply("one"));
        var conversation = await Api.CreateAsync();
        using (var first = await Api.PostAndFollowAsync($"/conversations/{conversation}/messages", new { content = "go" }, ("Idempotency-Key", "k")))
        {
            await first.ToEndAsync();
        }

        var (path, body) = how == "other body" ? ("messages", (object)new { content = "went" }) : ("messages/msg_3/regenerate", new { });
        var (status, problem) = await Api.RequestAsync(HttpMethod.Post, $"/conversations/{conversation}/{path}", body, ("Idempotency-Key", "k")).ReadJsonAsync();

        Assert.Equal((422, "idempotency_key_reused"), (status, problem.Text("code")));
        Assert.Equal(2, (await Api.MessagesAsync(conversation, "branch=all")).Count);
    }

    [Fact]
    public async Task Another_reply_and_a_place_in_the_queue_are_not_given_twice()
    {
        fixture.Model.Enqueue(ModelScript.Reply("one"), ModelScript.Stream.Text("two").Stall());
        var conversation = await Api.CreateAsync();
        using (var first = await Api.SendAndFollowAsync(conversation, "go"))
        {
            await first.ToEndAsync();
        }

        var regenerate = $"/conversations/{conversation}/messages/msg_3/regenerate";
        var started = await TwiceAsync(regenerate, null, "again");
        var queued = await TwiceAsync($"/conversations/{conversation}/messages", new { content = "next", on_busy = "queue" }, "next");
        var waiting = await TwiceAsync(regenerate, new { on_busy = "queue" }, "once-more");

        Assert.Equal(("msg_2", "msg_2"), (started.Text("message"), waiting.Text("message")));
        Assert.Equal(
            [queued.Text("message"), waiting.Text("reply")],
            (await Api.GetAsync($"/conversations/{conversation}/queue")).GetProperty("data").EnumerateArray().Select(item => item.Text("id")));
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/queue/{queued.Text("message")}", System.Net.HttpStatusCode.NoContent);
        var gone = await Api.RequestAsync(
            HttpMethod.Post, $"/conversations/{conversation}/messages", new { content = "next", on_busy = "queue" }, ("Idempotency-Key", "next")).ReadJsonAsync();
        Assert.Equal((410, "message_unqueued"), (gone.Status, gone.Json.Text("code")));
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", System.Net.HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_conversation_is_created_once_for_a_key_however_many_ask_at_once()
    {
        var key = $"{Guid.NewGuid()}";
        await Api.CreateAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Api.RequestAsync(HttpMethod.Post, "/conversations", new { title = "Once" }, ("Idempotency-Key", key)).ReadJsonAsync()));
        await Api.CreateAsync();
        var listed = (await Api.GetAsync("/conversations?limit=3")).GetProperty("data").EnumerateArray().ToArray();

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        var created = Assert.Single(answers.Select(answer => answer.Json.Text("id")!).Distinct());
        Assert.Contains(created, listed.Select(item => item.Text("id")));
        Assert.Equal(listed.Select(item => item.Text("created_at")).OrderDescending(StringComparer.Ordinal), listed.Select(item => item.Text("created_at")));
        var other = await Api.RequestAsync(HttpMethod.Post, "/conversations", new { title = "Twice" }, ("Idempotency-Key", key)).ReadJsonAsync();
        Assert.Equal((422, "idempotency_key_reused"), (other.Status, other.Json.Text("code")));

        // A key lives as long as what it created.
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{created}", System.Net.HttpStatusCode.NoContent);
        var anew = await Api.RequestAsync(HttpMethod.Post, "/conversations", null, ("Idempotency-Key", key)).ReadJsonAsync();
        Assert.Equal(201, anew.Status);
        Assert.NotEqual(created, anew.Json.Text("id"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("two words")]
    [InlineData(null)]
    public async Task A_key_that_is_none_is_refused(string? key)
    {
        var conversation = await Api.CreateAsync();
        var (status, problem) = await Api.RequestAsync(
            HttpMethod.Post, $"/conversations/{conversation}/messages", new { content = "x" }, ("Idempotency-Key", key ?? new string('k', 256))).ReadJsonAsync();

        Assert.Equal((400, "invalid_request"), (status, problem.Text("code")));
        Assert.Contains("1 to 255 visible ASCII characters", problem.Text("detail"), StringComparison.Ordinal);
    }

    private async Task<System.Text.Json.JsonElement> TwiceAsync(string path, object? body, string key)
    {
        var first = await Api.RequestAsync(HttpMethod.Post, path, body, ("Idempotency-Key", key)).ReadJsonAsync();
        var second = await Api.RequestAsync(HttpMethod.Post, path, body, ("Idempotency-Key", key)).ReadJsonAsync();
        Assert.Equal((202, first.Json.GetRawText()), (first.Status, second.Json.GetRawText()));
        return first.Json;
    }
}
