using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace OrleansChat.Telemetry;

/// <summary>
/// Has traces begin with a user's request, or with a reply that is taken over. What else begins by itself, health checks and calls
/// by which nodes keep in touch with conversations, would be most of all traces and is of no interest.
/// </summary>
internal sealed class RequestSampler(Sampler chosen) : Sampler
{
    private const string SamplerKey = "OTEL_TRACES_SAMPLER";
    private const string RatioKey = "OTEL_TRACES_SAMPLER_ARG";
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Reply = "reply";

    /// <summary>The sampler that the environment asks for. By default every request is traced, unless its sender says otherwise.</summary>
    /// <exception cref="ValidationException">There is no such sampler, or its ratio is none.</exception>
    public static Sampler From(IConfiguration configuration) => configuration[SamplerKey] switch
    {
        null or "" or "parentbased_always_on" => new ParentBasedSampler(new RequestSampler(new AlwaysOnSampler())),
        "always_on" => new RequestSampler(new AlwaysOnSampler()),
        "always_off" => new AlwaysOffSampler(),
        "parentbased_always_off" => new ParentBasedSampler(new AlwaysOffSampler()),
        "traceidratio" => new RequestSampler(new TraceIdRatioBasedSampler(RatioFrom(configuration))),
        "parentbased_traceidratio" => new ParentBasedSampler(new RequestSampler(new TraceIdRatioBasedSampler(RatioFrom(configuration)))),
        var other => throw new ValidationException(
            $"{SamplerKey} is '{other}', and must be always_on, always_off or traceidratio, or one of them after parentbased_."),
    };

    /// <inheritdoc />
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.ParentContext.TraceId != default || IsOfInterest(samplingParameters)
            ? chosen.ShouldSample(samplingParameters)
            : new SamplingResult(SamplingDecision.Drop);

    private static bool IsOfInterest(in SamplingParameters root) =>
        root.Name == Reply || (root.Name == Request && !IsHealthCheck(root.Tags));

    private static bool IsHealthCheck(IEnumerable<KeyValuePair<string, object?>>? tags) =>
        tags?.Any(tag => tag is { Key: "url.path", Value: string path } && path.StartsWith("/health/", StringComparison.Ordinal)) == true;

    private static double RatioFrom(IConfiguration configuration)
    {
        var text = configuration[RatioKey];
        return string.IsNullOrEmpty(text) ? 1
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 ? ratio
            : throw new ValidationException($"{RatioKey} is '{text}', and must be a number from 0 to 1.");
    }
}
