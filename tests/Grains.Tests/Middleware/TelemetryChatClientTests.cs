using System.Diagnostics;
using Microsoft.Extensions.AI;
using OrleansChat.Grains.Tests.Telemetry;
using OrleansChat.Middleware;
using OrleansChat.Models;
using OrleansChat.Telemetry;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Telemetry;

namespace OrleansChat.Grains.Tests.Middleware;

/// <summary>A request to a model, as OpenTelemetry's conventions for generative AI have it told.</summary>
[Collection(Alone.Name)]
public sealed class TelemetryChatClientTests : IDisposable
{
    private const string Common = "gen_ai.operation.name=chat gen_ai.provider.name=unknown gen_ai.request.model=gpt";

    private readonly List<Activity> activities = [];
    private readonly ScriptedChatClient model = new();
    private readonly ActivityListener listener;

    public TelemetryChatClientTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ChatTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose()
    {
        listener.Dispose();
        model.Dispose();
    }

    [Fact]
    public async Task A_request_is_a_span_within_its_reply_and_its_tokens_and_time_are_measured()
    {
        using var measurements = new Measurements(ChatTelemetry.Name);
        using var parent = ChatTelemetry.Source.StartActivity("reply");
        var reading = ReadAsync(capture: false);
        var reply = await model.NextReplyAsync();
        reply.Emit("secret");
        reply.Complete(ChatFinishReason.Length, new UsageDetails { InputTokenCount = 30, OutputTokenCount = 20 });
        await reading;

        var span = Assert.Single(activities);
        Assert.Equal(("chat gpt", ActivityKind.Client, parent!.SpanId), (span.DisplayName, span.Kind, span.ParentSpanId));
        Assert.Equal(
            [
                "gen_ai.operation.name=chat", "gen_ai.provider.name=unknown", "gen_ai.request.max_tokens=7", "gen_ai.request.model=gpt",
                "gen_ai.response.finish_reasons=length", "gen_ai.usage.input_tokens=30", "gen_ai.usage.output_tokens=20",
            ],
            TagsOf(span));
        Assert.Equal([Common], measurements.Of("gen_ai.client.operation.duration").Select(measurement => measurement.Tags));
        Assert.Equal(
            [(30, $"{Common} gen_ai.token.type=input"), (20, $"{Common} gen_ai.token.type=output")], measurements.Of("gen_ai.client.token.usage"));
        Assert.Same(parent, Activity.Current);
    }

    [Fact]
    public async Task A_failed_request_is_told_by_its_code_and_nothing_of_tokens_that_nobody_knows()
    {
        using var measurements = new Measurements(ChatTelemetry.Name);
        var reading = ReadAsync(capture: false);
        (await model.NextReplyAsync()).Fail(new ModelException(ModelErrors.RateLimited, "secret"));

        await Assert.ThrowsAsync<ModelException>(() => reading);

        var span = Assert.Single(activities);
        Assert.Equal((ActivityStatusCode.Error, "upstream_rate_limited"), (span.Status, span.GetTagItem("error.type")));
        Assert.Equal([$"{Common} error.type=upstream_rate_limited"], measurements.Of("gen_ai.client.operation.duration").Select(measurement => measurement.Tags));
        Assert.Empty(measurements.Of("gen_ai.client.token.usage"));
    }

    [Fact]
    public async Task A_reader_who_leaves_ends_the_span()
    {
        var leaving = Task.Run(async () =>
        {
            await foreach (var update in Client(capture: false).GetStreamingResponseAsync("go"))
            {
                return update.Text;
            }

            return "";
        });
        (await model.NextReplyAsync()).Emit("one", "two");

        Assert.Equal("one", await leaving);
        Assert.Null(Assert.Single(activities).GetTagItem("gen_ai.response.finish_reasons"));
    }

    [Fact]
    public async Task What_is_said_is_told_only_where_it_is_asked_for()
    {
        var reading = ReadAsync(capture: true);
        var reply = await model.NextReplyAsync();
        reply.Emit("the ", "answer");
        reply.Complete();
        await reading;

        var span = Assert.Single(activities);
        Assert.Equal("""[{"type":"text","content":"be brief"}]""", span.GetTagItem("gen_ai.system_instructions"));
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"the question"}]}]""", span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"the answer"}],"finish_reason":"stop"}]""", span.GetTagItem("gen_ai.output.messages"));
    }

    private static IEnumerable<string> TagsOf(Activity span) => span.TagObjects
        .Select(tag => $"{tag.Key}={(tag.Value is string[] many ? string.Join(',', many) : tag.Value)}").Order(StringComparer.Ordinal);

    private TelemetryChatClient Client(bool capture) =>
        new(model, new ModelInfo("gpt", "tests", IsDefault: true), new ModelTelemetryOptions { CaptureContent = capture });

    private async Task ReadAsync(bool capture)
    {
        ChatMessage[] messages = [new ChatMessage(ChatRole.System, "be brief"), new ChatMessage(ChatRole.User, "the question")];
        await foreach (var _ in Client(capture).GetStreamingResponseAsync(messages, new ChatOptions { MaxOutputTokens = 7 }))
        {
            // To its end.
        }
    }
}
