using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Telemetry;

namespace OrleansChat.EndToEnd.Tests.Telemetry;

/// <summary>What a collector gets to know of a request's way, and what it never does.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string Key = "sk-zebra-key-4711";

    private readonly TemporaryDirectory directory = new();
    private OtlpReceiver receiver = null!;
    private ModelServer model = null!;
    private ProductProcess product = null!;

    public async Task InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync();
        model = await ModelServer.StartAsync();
        product = await ProductProcess.StartAsync(
            directory.Path, [.. ProductFixture.SettingsFor(model), ("Models__scripted__ApiKey", Key), .. receiver.Settings]);
    }

    public async Task DisposeAsync()
    {
        await product.DisposeAsync();
        await model.DisposeAsync();
        await receiver.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task A_request_its_reply_and_the_models_request_are_one_trace_although_the_request_ends_first()
    {
        var gate = new Gate();
        model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Finish().Done());
        var conversation = await product.Api.CreateAsync();

        await product.Api.SendAsync(conversation, "go");
        var upstream = await model.NextRequestAsync();
        var trace = upstream.Headers["traceparent"].Split('-')[1];
        var request = await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Trace == trace && span.Parent.Length == 0));
        Assert.DoesNotContain(receiver.Spans, span => span.Name == "reply");
        gate.Open();
        var reply = await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Name == "reply"));

        Assert.Equal("POST /conversations/{id}/messages", request.Name);
        Assert.Equal(("202", "/conversations/{id}/messages"), (request.Tags["http.response.status_code"], request.Tags["http.route"]));
        Assert.Equal(trace, reply.Trace);
        Assert.Equal(("scripted", "completed", "OrleansChat"), (reply.Tags["gen_ai.request.model"], reply.Tags["orleanschat.reply.outcome"], reply.Source));
        Assert.True(reply.End > request.End, "The reply outlives the request.");

        // From the model's request up to the user's, link by link.
        var call = await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Id == upstream.Headers["traceparent"].Split('-')[2]));
        var chat = await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Id == call.Parent));
        Assert.Equal(("chat scripted", "chat", "openai"), (chat.Name, chat.Tags["gen_ai.operation.name"], chat.Tags["gen_ai.provider.name"]));
        Assert.Equal(reply.Id, chat.Parent);
        var chain = new List<OtlpSpan> { reply };
        while (chain[^1].Parent.Length > 0)
        {
            chain.Add(await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Id == chain[^1].Parent)));
        }

        Assert.Equal(request.Id, chain[^1].Id);
        Assert.All(chain, span => Assert.Equal("orleanschat-api", span.Service));
    }

    [Fact]
    public async Task A_caller_who_traces_finds_the_request_in_his_own_trace_and_health_checks_in_none()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/conversations");
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");

        using var response = await product.Api.Http.SendAsync(request);
        await product.Api.GetAsync("/health/live");
        await product.Api.GetAsync("/models");

        await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span is { Trace: Trace, Parent: "b7ad6b7169203331" }));
        await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Name == "GET /models"));
        Assert.DoesNotContain(receiver.Spans, span => span.Name.Contains("health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reply_that_fails_is_an_error_in_its_trace_by_code()
    {
        model.Enqueue(ModelScript.Status(429));
        using (var reader = await product.Api.SendAndFollowAsync(await product.Api.CreateAsync(), "go"))
        {
            await reader.ToEndAsync();
        }

        var reply = await receiver.WhenAsync(receiver => receiver.Spans.SingleOrDefault(span => span.Name == "reply"));

        Assert.Equal((2, "upstream_rate_limited", "failed"), (reply.Status, reply.Tags["error.type"], reply.Tags["orleanschat.reply.outcome"]));
    }

    [Fact]
    public async Task Nothing_that_anybody_says_and_no_key_is_exported()
    {
        model.Enqueue(
            ModelScript.Reply("zebra-answer"),
            ModelScript.Reply("zebra-answer"),
            ModelScript.Stream.Text("zebra-partial").Error("server_error", message: "zebra-error"),
            ModelScript.Status(400, """{"error":{"message":"zebra-refusal"}}"""));
        // Who traces may send along what he likes; a model is none of his services.
        product.Api.Http.DefaultRequestHeaders.Add("baggage", "who=zebra-baggage");
        var conversation = await product.Api.CreateAsync(new { title = "zebra-title", system = "zebra-system", metadata = new { about = "zebra-metadata" } });
        foreach (var content in new[] { "zebra-first", "zebra-second", "zebra-third" })
        {
            using var reader = await product.Api.SendAndFollowAsync(conversation, content);
            await reader.ToEndAsync();
        }

        using (var text = await product.Api.Http.GetAsync(new Uri("/stream?prompt=zebra-prompt", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.OK, text.StatusCode);
        }

        await product.Api.GetAsync($"/conversations/{conversation}/messages");
        await product.Api.SendAsync(HttpMethod.Post, "/conversations", HttpStatusCode.BadRequest, new { title = 7, system = "zebra-mistake" });
        await receiver.HasAsync("orleanschat.reply.duration", 4);
        await receiver.WhenAsync(receiver => receiver.Spans.Count(span => span.Name == "reply") == 4 ? receiver : null);

        // To its last words: a process that stops exports what is left.
        await product.StopAsync();

        Assert.Contains(Key, model.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
        Assert.All(model.Requests, request => Assert.DoesNotContain(request.Headers, header => header.Value.Contains("zebra-baggage", StringComparison.Ordinal)));
        Assert.True(receiver.HasHeard("POST /conversations/{id}/messages"), "It hears what it looks for.");
        Assert.False(receiver.HasHeard("zebra"), "Something that was said, or the key, was exported.");
    }
}
