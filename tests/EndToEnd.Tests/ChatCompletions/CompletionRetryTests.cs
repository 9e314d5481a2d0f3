using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.ChatCompletions;

/// <summary>SDKs repeat requests by themselves, without a key. However often they do, the model is asked once.</summary>
public class CompletionRetryTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private const string Count = "X-Stainless-Retry-Count";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Counted_repetitions_attach_to_the_reply_that_runs()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text(" two").Finish().Done());
        var asked = fixture.Model.Requests.Count;
        var body = new { model = "scripted", messages = CompletionClient.Ask("counted"), stream = true };

        using var first = await fixture.Api.StreamAsync(body, (Count, "0"));
        using var second = await fixture.Api.StreamAsync(body, (Count, "1"));
        using var third = await fixture.Api.StreamAsync(body, (Count, "2"));
        gate.Open();
        foreach (var stream in new[] { first, second, third })
        {
            await stream.ToEndAsync();
            Assert.Equal("one two", stream.Events.Said());
            Assert.Equal(first.Response.Headers.Conversation(), stream.Response.Headers.Conversation());
        }

        Assert.Equal(asked + 1, fixture.Model.Requests.Count);
    }

    [Fact]
    public async Task Two_clients_that_ask_and_repeat_the_same_at_once_get_a_reply_each()
    {
        var body = new { model = "scripted", messages = CompletionClient.Ask("twins") };
        var asked = fixture.Model.Requests.Count;

        var first = await fixture.Api.SendAsync(body, (Count, "0"));
        var other = await fixture.Api.SendAsync(body, (Count, "0"));
        var repeated = new[] { await fixture.Api.SendAsync(body, (Count, "1")), await fixture.Api.SendAsync(body, (Count, "1")) };

        Assert.NotEqual(first.Headers.Conversation(), other.Headers.Conversation());
        Assert.Equal(
            new[] { first, other }.Select(each => each.Headers.Conversation()).Order(StringComparer.Ordinal),
            repeated.Select(each => each.Headers.Conversation()).Order(StringComparer.Ordinal));
        Assert.Equal(asked + 2, fixture.Model.Requests.Count);
    }

    [Fact]
    public async Task One_that_is_cut_off_and_comes_again_without_a_count_attaches()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text(" two").Finish().Done());
        var body = new { model = "scripted", messages = CompletionClient.Ask("cut"), stream = true };
        string conversation;
        using (var cut = await fixture.Api.StreamAsync(body))
        {
            conversation = cut.Response.Headers.Conversation();
            await gate.Reached.WaitAsync(Patience);
        }

        // The server learns that the client left when the connection says so: at once, but not before. What is asked meanwhile is a
        // request of its own.
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            using var repeated = await fixture.Api.StreamAsync(body);
            if (repeated.Response.Headers.Conversation() == conversation)
            {
                gate.Open();
                await repeated.ToEndAsync();
                Assert.Equal("one two", repeated.Events.Said());
                break;
            }

            // Its reply is whatever the model says by default, and it is no repetition any more.
            await repeated.ToEndAsync();
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    [Fact]
    public async Task One_that_leaves_at_the_last_event_has_been_answered_and_is_asked_anew()
    {
        var body = new { model = "scripted", messages = CompletionClient.Ask("leaving at the end"), stream = true };
        var conversations = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            using var stream = await fixture.Api.StreamAsync(body);
            while (await stream.NextAsync() is not (null or { Data: "[DONE]" }))
            {
            }

            Assert.True(conversations.Add(stream.Response.Headers.Conversation()));
        }
    }

    [Fact]
    public async Task One_that_was_answered_is_asked_anew()
    {
        var body = new { model = "scripted", messages = CompletionClient.Ask("again") };

        var first = await fixture.Api.SendAsync(body);
        var second = await fixture.Api.SendAsync(body);

        Assert.NotEqual(first.Headers.Conversation(), second.Headers.Conversation());
    }

    [Fact]
    public async Task A_failed_reply_is_not_made_anew_for_an_SDK_that_repeats_what_got_a_5xx()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("half"));
        var asked = fixture.Model.Requests.Count;
        var body = new { model = "scripted", messages = CompletionClient.Ask("fail") };

        var first = await fixture.Api.SendAsync(body);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await fixture.Api.SendAsync(body)).Status);
        }

        Assert.Equal(HttpStatusCode.BadGateway, first.Status);
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.BadGateway, status));
        Assert.Equal(asked + 1, fixture.Model.Requests.Count);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/responses")]
    public async Task Who_goes_on_asking_after_a_failure_gets_another_try(string path)
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("half"));
        object body = path.EndsWith("responses", StringComparison.Ordinal)
            ? new { model = "scripted", input = "fail at first" }
            : new { model = "scripted", messages = CompletionClient.Ask("fail at first") };
        var asked = fixture.Model.Requests.Count;

        using var first = await fixture.Api.RequestAsync(HttpMethod.Post, path, body);
        Assert.Equal(HttpStatusCode.BadGateway, first.StatusCode);
        await Waiting.ForAsync(async () =>
        {
            using var again = await fixture.Api.RequestAsync(HttpMethod.Post, path, body);
            return again.StatusCode == HttpStatusCode.OK;
        });

        Assert.Equal(asked + 2, fixture.Model.Requests.Count);
    }

    [Fact]
    public async Task With_a_key_every_repetition_is_the_same_request_and_another_body_is_refused()
    {
        var asked = fixture.Model.Requests.Count;
        var key = ("Idempotency-Key", $"completion-{Guid.NewGuid()}");

        var first = await fixture.Api.SendAsync(new { model = "scripted", messages = CompletionClient.Ask("key") }, key);
        var again = await fixture.Api.SendAsync(new { model = "scripted", messages = CompletionClient.Ask("key") }, key);
        var other = await fixture.Api.SendAsync(new { model = "scripted", messages = CompletionClient.Ask("other") }, key);

        Assert.Equal(first.Body.GetRawText(), again.Body.GetRawText());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(asked + 1, fixture.Model.Requests.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task After_the_death_of_the_process_a_repetition_finds_the_reply_that_was_taken_over(string? count)
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        model.Enqueue(ModelScript.Stream.Text("void ", "text").Stall());
        var body = new { messages = CompletionClient.Ask("crash"), stream = true };
        string conversation;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model)))
        {
            using var stream = await product.Api.StreamAsync(body, count is null ? [] : [(Count, "0")]);
            conversation = stream.Response.Headers.Conversation();
            while (stream.Events.Said() != "void text")
            {
                Assert.NotNull(await stream.NextAsync());
            }

            await product.KillAsync();
        }

        var gate = new Gate();
        model.Enqueue(ModelScript.Stream.Text("said ").Wait(gate).Text("anew").Finish().Done());
        await using var next = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model));
        using var repeated = await next.Api.StreamAsync(body, count is null ? [] : [(Count, count)]);
        gate.Open();
        await repeated.ToEndAsync();

        Assert.Equal(conversation, repeated.Response.Headers.Conversation());
        Assert.Equal(2, model.Requests.Count);
        Assert.EndsWith("said anew", repeated.Events.Said(), StringComparison.Ordinal);
    }
}
