using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>A reply that ends where its reader stopped.</summary>
public class CancelAtTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task What_came_after_the_sequence_is_no_part_of_the_reply()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("Bec", "ause 👋", " of", " that").Stall());
        var conversation = await Api.CreateAsync();
        await Api.SendAsync(conversation, "why?");
        using var reader = await Api.FollowAsync(conversation, "catchup=deltas&until=idle");
        await reader.UntilIdAsync(7);

        var cancelled = await Api.PostAsync($"/conversations/{conversation}/cancel", new { at = 5 });
        await reader.ToEndAsync();
        var again = await Api.PostAsync($"/conversations/{conversation}/cancel", new { at = 5 });

        var end = reader.Events[^1].Json;
        Assert.Equal(
            ("reply.cancelled", 5, 10),
            (end.Text("type"), end.GetProperty("at_sequence").GetInt32(), end.GetProperty("text_length").GetInt32()));
        Assert.Equal("Because 👋 of that", reader.Text);
        Assert.Equal(cancelled.GetRawText(), again.GetRawText());
        var reply = await Api.LastMessageAsync(conversation);
        Assert.Equal(("Because 👋", "cancelled"), (reply.Text("content"), reply.Text("status")));

        fixture.Model.Enqueue(ModelScript.Reply("ok"));
        using var next = await Api.SendAndFollowAsync(conversation, "go on");
        await next.ToEndAsync();
        Assert.Equal(
            ["why?", "Because 👋", "go on"],
            fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("content")));

        // The events are what they were: what everybody has seen is not taken back.
        using var replay = await Api.FollowAsync(conversation, "catchup=deltas&until=idle");
        await replay.ToEndAsync();
        Assert.Equal(reader.Events.Select(e => e.Data), replay.Events.Take(reader.Events.Count).Select(e => e.Data));
    }

    [Fact]
    public async Task Where_the_reply_cannot_end_it_runs_on_and_the_caller_is_told()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Finish().Done());
        var conversation = await Api.CreateAsync();
        using var reader = await Api.SendAndFollowAsync(conversation, "go");
        await reader.UntilAsync("reply.delta");

        foreach (var at in new[] { 2, 5 })
        {
            var (status, problem) = await CancelAsync(conversation, new { at });
            Assert.Equal((409, "outside_reply"), (status, problem.Text("code")));
            Assert.Equal((3, 4), (problem.GetProperty("first").GetInt32(), problem.GetProperty("head").GetInt32()));
        }

        Assert.Equal(400, (await CancelAsync(conversation, new { at = 0 })).Status);
        Assert.Equal(400, (await CancelAsync(conversation, new { at = "4" })).Status);
        Assert.Equal(200, (await CancelAsync(conversation, new { reply = "msg_1" })).Status);
        gate.Open();
        await reader.ToEndAsync();

        Assert.Equal("reply.completed", reader.Events[^1].Type);
        var ended = await CancelAsync(conversation, new { at = 4 });
        Assert.Equal((409, "reply_ended"), (ended.Status, ended.Problem.Text("code")));
    }

    private async Task<(int Status, System.Text.Json.JsonElement Problem)> CancelAsync(string conversation, object body) =>
        await Api.RequestAsync(HttpMethod.Post, $"/conversations/{conversation}/cancel", body).ReadJsonAsync();
}
