using System.Diagnostics;
using System.Globalization;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Routing;

/// <summary>What users get, and what endpoints are asked, when endpoints fail. Requests are counted to the last one.</summary>
public sealed class RoutingTests(RoutingFixture fixture) : IClassFixture<RoutingFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ModelScript Down = ModelScript.Status(503, "{}");

    private readonly int first = fixture.First.Requests.Count;
    private readonly int second = fixture.Second.Requests.Count;
    private readonly int spare = fixture.Spare.Requests.Count;

    private (int First, int Second, int Spare) Asked =>
        (fixture.First.Requests.Count - first, fixture.Second.Requests.Count - second, fixture.Spare.Requests.Count - spare);

    [Fact]
    public async Task A_reply_that_goes_well_is_one_request()
    {
        var reply = await fixture.AskAsync("single");

        AssertCompleted(reply, "Hello, world!");
        Assert.Equal((1, 0, 0), Asked);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task A_refusal_that_may_pass_is_one_more_request(int status)
    {
        fixture.First.Enqueue(ModelScript.Status(status, "<html>sorry</html>", "text/html"), ModelScript.Reply("fine", " again"));

        AssertCompleted(await fixture.AskAsync("single"), "fine again");
        Assert.Equal((2, 0, 0), Asked);
    }

    [Fact]
    public async Task What_breaks_before_the_first_token_is_asked_for_again()
    {
        var gate = new Gate();
        gate.Open();
        fixture.First.Enqueue(
            ModelScript.Stream.ContentType("text/html").Raw("<html>sorry</html>"), ModelScript.Stream.Headers().Wait(gate).Cut(), ModelScript.Reply("third"));

        AssertCompleted(await fixture.AskAsync("single"), "third");
        Assert.Equal((3, 0, 0), Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_After_is_kept_to_in_seconds_and_as_a_date_of_a_clock_that_is_years_off(bool isDate)
    {
        var theirs = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var headers = isDate
            ? new Dictionary<string, string> { ["Date"] = Http(theirs), ["Retry-After"] = Http(theirs.AddSeconds(2)) }
            : new Dictionary<string, string> { ["Retry-After"] = "2" };
        fixture.First.Enqueue(ModelScript.Status(429, "{}", headers: headers), ModelScript.Reply("later"));
        var watch = Stopwatch.StartNew();

        AssertCompleted(await fixture.AskAsync("single"), "later");

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), Patience);
        Assert.Equal((2, 0, 0), Asked);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task A_refusal_that_stays_is_one_request_and_says_so(int status)
    {
        fixture.First.Enqueue(ModelScript.Status(status, "{}"));

        AssertFailed(await fixture.AskAsync("single"), "upstream_rejected", retryable: false);
        Assert.Equal((1, 0, 0), Asked);
    }

    [Fact]
    public async Task After_so_many_attempts_it_fails()
    {
        fixture.First.Enqueue(Down, Down, Down);

        AssertFailed(await fixture.AskAsync("single"), "upstream_error", retryable: true);
        Assert.Equal((3, 0, 0), Asked);
    }

    [Fact]
    public async Task After_the_first_token_nothing_is_asked_for_again()
    {
        fixture.First.Enqueue(ModelScript.Stream.Text("begun").Error("server_error"));

        var reply = await fixture.AskAsync("backed");

        AssertFailed(reply, "upstream_error", retryable: true);
        Assert.Equal("begun", reply.Text);
        Assert.Equal((1, 0, 0), Asked);
    }

    [Fact]
    public async Task Another_endpoint_answers_and_the_one_that_fails_is_soon_left_alone()
    {
        fixture.First.Default = ModelScript.Status(401, "{}");
        try
        {
            for (var i = 0; i < 20; i++)
            {
                AssertCompleted(await fixture.AskAsync("pair"), "Hello, world!");
            }
        }
        finally
        {
            fixture.First.Default = ModelScript.Reply("Hello", ",", " world", "!");
        }

        Assert.Equal((3, 20, 0), Asked);
        Assert.True(await IsAvailableAsync("pair"));
    }

    [Fact]
    public async Task Another_model_answers_and_the_reply_says_which()
    {
        fixture.First.Enqueue(Down, Down, Down);
        fixture.Spare.Enqueue(ModelScript.Reply("from", " the spare"));
        var conversation = await fixture.Api.CreateAsync(new { model = "backed" });
        using var reader = await fixture.Api.SendAndFollowAsync(conversation, "go");
        await reader.ToEndAsync();

        AssertCompleted(reader, "from the spare");
        Assert.Equal("backed", reader.Events.Single(e => e.Type == "reply.started").Json.GetProperty("model").GetString());
        Assert.Equal("spare", reader.Events[^1].Json.GetProperty("answered_by").GetString());
        var message = await fixture.Api.LastMessageAsync(conversation);
        Assert.Equal(("backed", "spare"), (message.GetProperty("model").GetString(), message.GetProperty("answered_by").GetString()));
        Assert.Equal("spare", fixture.Spare.Requests[^1].Json.GetProperty("model").GetString());
        Assert.Equal((3, 0, 1), Asked);
    }

    [Fact]
    public async Task A_model_that_does_not_begin_in_time_is_given_up_for_another()
    {
        fixture.First.Default = ModelScript.Stream.Headers().Stall();
        try
        {
            AssertCompleted(await fixture.AskAsync("impatient"), "Hello, world!");
        }
        finally
        {
            fixture.First.Default = ModelScript.Reply("Hello", ",", " world", "!");
        }

        Assert.Equal((1, 0, 1), Asked);
        await Task.WhenAll(fixture.First.Requests.Skip(first).Select(request => request.Aborted)).WaitAsync(Patience);
    }

    [Fact]
    public async Task Bytes_that_keep_a_connection_alive_are_no_first_token()
    {
        var alive = Enumerable.Range(0, 100).Aggregate(
            ModelScript.Stream, (script, _) => script.Raw(": ping\n\n").Pause(TimeSpan.FromMilliseconds(100)));
        fixture.First.Enqueue(alive);

        AssertCompleted(await fixture.AskAsync("impatient"), "Hello, world!");
        Assert.Equal((1, 0, 1), Asked);
    }

    [Fact]
    public async Task An_answer_without_end_is_ended()
    {
        fixture.First.Enqueue(ModelScript.Stream.Text(Enumerable.Repeat("on and ", 1_000), TimeSpan.FromMilliseconds(50)));

        var reply = await fixture.AskAsync("short");

        AssertFailed(reply, "upstream_total_timeout", retryable: false);
        Assert.StartsWith("on and on and ", reply.Text, StringComparison.Ordinal);
        await fixture.First.Requests[^1].Aborted.WaitAsync(Patience);
        Assert.Equal((1, 0, 0), Asked);
    }

    [Fact]
    public async Task An_endpoint_that_keeps_failing_is_left_alone_and_comes_back()
    {
        fixture.First.Enqueue(Down, Down);
        AssertFailed(await fixture.AskAsync("fragile"), "upstream_error", retryable: true);
        Assert.True(await IsAvailableAsync("fragile"));
        AssertFailed(await fixture.AskAsync("fragile"), "upstream_error", retryable: true);
        var opened = Stopwatch.StartNew();

        Assert.False(await IsAvailableAsync("fragile"));
        AssertFailed(await fixture.AskAsync("fragile"), "upstream_unavailable", retryable: true);
        Assert.True(await IsAvailableAsync("single"));
        Assert.Equal((2, 0, 0), Asked);

        // It says nothing when its break is over: the first request after that finds out.
        while ((await fixture.AskAsync("fragile")).Events[^1].Type == "reply.failed")
        {
            Assert.InRange(opened.Elapsed, TimeSpan.Zero, Patience);
        }

        Assert.InRange(opened.Elapsed, TimeSpan.FromSeconds(1.5), Patience);
        Assert.True(await IsAvailableAsync("fragile"));
        Assert.Equal((3, 0, 0), Asked);
        Assert.Contains("fragile/1", fixture.Product.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_while_nothing_is_asked_ends_the_reply_at_once_and_nothing_is_asked_any_more()
    {
        fixture.First.Enqueue(ModelScript.Status(429, "{}", headers: new Dictionary<string, string> { ["Retry-After"] = "3" }));
        var conversation = await fixture.Api.CreateAsync(new { model = "single" });
        using var reader = await fixture.Api.SendAndFollowAsync(conversation, "go");
        while (Asked.First == 0)
        {
            await Task.Yield();
        }

        await fixture.First.Requests[^1].Completed.WaitAsync(Patience);
        var watch = Stopwatch.StartNew();
        await fixture.Api.PostAsync($"/conversations/{conversation}/cancel", new { });
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await reader.ToEndAsync();
        Assert.Equal("reply.cancelled", reader.Events[^1].Type);

        // A reply that begins later and waits as long as the cancelled one would have.
        fixture.First.Enqueue(
            ModelScript.Status(429, "{}", headers: new Dictionary<string, string> { ["Retry-After"] = "4" }), ModelScript.Reply("fine"));
        AssertCompleted(await fixture.AskAsync("single"), "fine");
        Assert.Equal((3, 0, 0), Asked);
    }

    [Fact]
    public async Task When_a_model_goes_down_under_load_no_request_is_lost()
    {
        const int Count = 100;
        var replies = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => fixture.AskAsync("nowhere")));

        Assert.All(replies, reply => AssertCompleted(reply, "Hello, world!"));
        Assert.Equal((0, 0, Count), Asked);
    }

    private static void AssertCompleted(SseConnection reply, string text)
    {
        Assert.Equal(("reply.completed", text), (reply.Events[^1].Type, reply.Text));
        Assert.False(reply.WasCut);
    }

    private static void AssertFailed(SseConnection reply, string code, bool retryable)
    {
        Assert.Equal("reply.failed", reply.Events[^1].Type);
        var error = reply.Events[^1].Json.GetProperty("error");
        Assert.Equal((code, retryable), (error.GetProperty("code").GetString(), error.GetProperty("retryable").GetBoolean()));
    }

    private static string Http(DateTimeOffset date) => date.ToString("r", CultureInfo.InvariantCulture);

    private async Task<bool> IsAvailableAsync(string model) => (await fixture.Api.GetAsync("/models")).GetProperty("data").EnumerateArray()
        .Single(each => each.GetProperty("id").GetString() == model).GetProperty("available").GetBoolean();
}
