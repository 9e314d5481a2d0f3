using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>How replies begin and end, for better or worse.</summary>
public class ReplyTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task When_all_readers_leave_the_reply_completes()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one", " two").Wait(gate).Text(" three").Finish().Usage(1, 3).Done());
        var conversation = await fixture.Api.CreateAsync();
        using (var reader = await fixture.Api.SendAndFollowAsync(conversation, "count"))
        {
            await reader.UntilAsync("reply.delta");
        }

        await gate.Reached.WaitAsync(Patience);
        gate.Open();
        using var later = await fixture.Api.FollowAsync(conversation, "until=idle");
        await later.ToEndAsync();

        Assert.Equal("one two three", later.Text);
        Assert.Equal("reply.completed", later.Events[^1].Type);
        Assert.Equal(3, later.Events[^1].Json.GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task Cancelling_aborts_the_upstream_request_within_a_second_from_any_tab_any_number_of_times()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Stall());
        var conversation = await fixture.Api.CreateAsync();
        using var reader = await fixture.Api.SendAndFollowAsync(conversation, "count");
        await reader.UntilAsync("reply.delta");
        var upstream = fixture.Model.Requests[^1];

        var cancels = Enumerable.Range(0, 3).Select(_ => fixture.Api.PostAsync($"/conversations/{conversation}/cancel", new { })).ToArray();
        await upstream.Aborted.WaitAsync(TimeSpan.FromSeconds(1));
        foreach (var cancelled in await Task.WhenAll(cancels))
        {
            Assert.Equal("idle", cancelled.GetProperty("status").GetString());
        }

        await reader.ToEndAsync();
        Assert.Equal("reply.cancelled", reader.Events[^1].Type);
        Assert.False(reader.WasCut);
        var reply = await fixture.Api.LastMessageAsync(conversation);
        Assert.Equal(("one", "cancelled"), (reply.GetProperty("content").GetString(), reply.GetProperty("status").GetString()));
        Assert.Single(reader.Events, e => e.Type == "reply.cancelled");
    }

    [Fact]
    public async Task Cancelling_where_nothing_runs_changes_nothing()
    {
        var conversation = await fixture.Api.CreateAsync();

        var answer = await fixture.Api.PostAsync($"/conversations/{conversation}/cancel", new { });

        Assert.Equal(("idle", 1), (answer.GetProperty("status").GetString(), answer.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task While_a_reply_runs_another_message_is_refused_and_reads_go_on()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("slow").Wait(gate).Finish().Done());
        var conversation = await fixture.Api.CreateAsync();
        using var reader = await fixture.Api.SendAndFollowAsync(conversation, "go");
        await reader.UntilAsync("reply.delta");

        var refusal = await fixture.Api.PostAsync(
            $"/conversations/{conversation}/messages", new { content = "faster" }, HttpStatusCode.Conflict);
        var now = await fixture.Api.GetAsync($"/conversations/{conversation}");
        var partial = await fixture.Api.LastMessageAsync(conversation);
        await fixture.Api.SendAsync(HttpMethod.Patch, $"/conversations/{conversation}", body: new { title = "Renamed" });
        gate.Open();
        await reader.ToEndAsync();

        Assert.Equal("reply_running", refusal.GetProperty("code").GetString());
        Assert.Equal("msg_3", refusal.GetProperty("reply").GetString());
        Assert.Equal("replying", now.GetProperty("status").GetString());
        Assert.Equal(("slow", "in_progress"), (partial.GetProperty("content").GetString(), partial.GetProperty("status").GetString()));
        Assert.Equal(
            ["message.created", "reply.started", "reply.delta", "conversation.updated", "reply.completed"],
            reader.Events.Select(e => e.Type));
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "truncated", "upstream_truncated" },
        { "reset", "upstream_unreachable" },
        { "error", "upstream_error" },
        { "half", "upstream_malformed" },
        { "stall", "upstream_silence_timeout" },
        { "500", "upstream_error" },
        { "429", "upstream_rate_limited" },
        { "401", "upstream_rejected" },
        { "html", "upstream_malformed" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_model_that_fails_fails_the_reply_keeps_the_text_and_cuts_the_stream(string fault, string code)
    {
        // A reset drops what is still on its way, so faults wait until the text has arrived.
        var seen = new Gate();
        var begun = ModelScript.Stream.Text("begun").Wait(seen);
        var (script, partial) = fault switch
        {
            "truncated" => (begun, "begun"),
            "reset" => (begun.Reset(), "begun"),
            "error" => (begun.Error("server_error"), "begun"),
            "half" => (begun.Raw("data: {\"id\":\"x\",\"choi\n\n"), "begun"),
            "stall" => (begun.Stall(), "begun"),
            "html" => (ModelScript.Stream.ContentType("text/html").Raw("<html>sorry</html>"), ""),
            _ => (ModelScript.Status(int.Parse(fault), "{}"), ""),
        };
        fixture.Model.Enqueue(script);
        var conversation = await fixture.Api.CreateAsync(new { model = fault == "stall" ? "impatient" : "scripted" });

        using var reader = await fixture.Api.SendAndFollowAsync(conversation, "go");
        if (partial.Length > 0)
        {
            await reader.UntilAsync("reply.delta");
            seen.Open();
        }

        await reader.ToEndAsync();

        var failed = reader.Events[^1];
        Assert.Equal("reply.failed", failed.Type);
        Assert.Equal(code, failed.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.True(reader.WasCut);
        Assert.Equal(partial, reader.Text);
        var reply = await fixture.Api.LastMessageAsync(conversation);
        Assert.Equal((partial, "failed"), (reply.GetProperty("content").GetString(), reply.GetProperty("status").GetString()));
        Assert.Equal(code, reply.GetProperty("error").GetProperty("code").GetString());

        // A browser that comes back after the cut learns that there is no more, and stops.
        using var back = await fixture.Api.FollowAsync(conversation, "until=idle", lastEventId: failed.Id);
        Assert.Equal(HttpStatusCode.NoContent, back.Status);
    }

    [Fact]
    public async Task The_model_gets_the_system_prompt_and_the_history()
    {
        fixture.Model.Enqueue(ModelScript.Reply("Paris."), ModelScript.Reply("2 million."));
        var conversation = await fixture.Api.CreateAsync(new { system = "Be brief." });
        using (var first = await fixture.Api.SendAndFollowAsync(conversation, "Capital of France?"))
        {
            await first.ToEndAsync();
        }

        var before = fixture.Model.Requests.Count;
        using var second = await fixture.Api.SendAndFollowAsync(conversation, "How large?");
        await second.ToEndAsync();

        var messages = fixture.Model.Requests[before].Json.GetProperty("messages").EnumerateArray()
            .Select(message => (message.GetProperty("role").GetString(), message.GetProperty("content").GetString()));
        Assert.Equal(
            [("system", "Be brief."), ("user", "Capital of France?"), ("assistant", "Paris."), ("user", "How large?")],
            messages);
    }

    [Fact]
    public async Task Deleting_in_mid_reply_ends_readers_and_aborts_the_model()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Stall());
        var conversation = await fixture.Api.CreateAsync();
        await fixture.Api.SendAsync(conversation, "go");
        using var reader = await fixture.Api.FollowAsync(conversation);
        await reader.UntilAsync("reply.delta");
        var upstream = fixture.Model.Requests[^1];

        await fixture.Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);

        await reader.ToEndAsync();
        await upstream.Aborted.WaitAsync(Patience);
        Assert.Equal("conversation.deleted", reader.Events[^1].Type);
        Assert.False(reader.WasCut);
        await fixture.Api.GetAsync($"/conversations/{conversation}", HttpStatusCode.NotFound);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(fixture.DataDirectory, "*", SearchOption.AllDirectories),
            file => file.Contains(conversation, StringComparison.Ordinal));
    }
}
