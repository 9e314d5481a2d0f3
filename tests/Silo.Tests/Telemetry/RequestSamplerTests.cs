using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;
using OrleansChat.Telemetry;

namespace OrleansChat.Silo.Tests.Telemetry;

public class RequestSamplerTests
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    [Theory]
    [InlineData(null)]
    [InlineData("always_on")]
    [InlineData("parentbased_always_on")]
    public void Traces_begin_with_requests_and_replies_but_not_with_health_checks_or_calls_of_our_own(string? sampler)
    {
        var samples = Make(sampler, ratio: null);

        Assert.True(Keeps(samples, Request, path: "/conversations"));
        Assert.True(Keeps(samples, "reply"));
        Assert.False(Keeps(samples, Request, path: "/health/ready"));
        Assert.False(Keeps(samples, "IConversationGrain/Watch"));
    }

    [Fact]
    public void What_a_caller_decided_stands_unless_the_environment_asks_otherwise()
    {
        var notRecorded = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true);

        Assert.False(Keeps(Make(null, null), Request, parent: notRecorded));
        Assert.True(Keeps(Make("always_on", null), Request, parent: notRecorded));
        Assert.False(Keeps(Make("always_off", null), Request));
        Assert.False(Keeps(Make("parentbased_always_off", null), "reply"));
    }

    [Theory]
    [InlineData("traceidratio")]
    [InlineData("parentbased_traceidratio")]
    public void A_ratio_keeps_so_many_traces(string sampler)
    {
        Assert.False(Keeps(Make(sampler, "0"), Request));
        Assert.True(Keeps(Make(sampler, "1"), Request));
        Assert.True(Keeps(Make(sampler, null), Request));
        Assert.InRange(Enumerable.Range(0, 1_000).Count(_ => Keeps(Make(sampler, "0.5"), Request)), 350, 650);
    }

    [Theory]
    [InlineData("sometimes", null, "OTEL_TRACES_SAMPLER is 'sometimes'")]
    [InlineData("traceidratio", "half", "OTEL_TRACES_SAMPLER_ARG is 'half'")]
    [InlineData("traceidratio", "1.5", "OTEL_TRACES_SAMPLER_ARG is '1.5'")]
    public void A_mistake_is_named(string sampler, string? ratio, string beginning)
    {
        var mistake = Assert.Throws<ValidationException>(() => Make(sampler, ratio));

        Assert.StartsWith(beginning, mistake.Message, StringComparison.Ordinal);
    }

    private static Sampler Make(string? sampler, string? ratio) => RequestSampler.From(new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("OTEL_TRACES_SAMPLER", sampler),
        new("OTEL_TRACES_SAMPLER_ARG", ratio),
    ]).Build());

    private static bool Keeps(Sampler sampler, string name, string? path = null, ActivityContext parent = default) =>
        sampler.ShouldSample(new SamplingParameters(
            parent, ActivityTraceId.CreateRandom(), name, ActivityKind.Server, path is null ? [] : [new("url.path", path)])).Decision
        == SamplingDecision.RecordAndSample;
}
