using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Net.Mime;
using OrleansChat.Models.Routing;

namespace OrleansChat.Models.Upstream;

/// <summary>What the headers of an endpoint's answer say of it.</summary>
internal static class AnswerHeaders
{
    /// <summary>Whether it is an event stream. An answer without a content type is given the chance to be what was asked for.</summary>
    public static bool IsEventStream(PipelineResponse response) =>
        !response.Headers.TryGetValue("Content-Type", out var value)
        || (MediaTypeHeaderValue.TryParse(value, out var type)
            && string.Equals(type.MediaType, MediaTypeNames.Text.EventStream, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it is compressed. Nothing was said of compressions that would do; gateways compress nevertheless.</summary>
    public static bool IsCompressed(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Encoding", out var encoding) && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc cref="IsEventStream(PipelineResponse)"/>
    public static bool IsEventStream(HttpContentHeaders headers) =>
        headers.ContentType is null || string.Equals(headers.ContentType.MediaType, MediaTypeNames.Text.EventStream, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc cref="IsCompressed(PipelineResponse)"/>
    public static bool IsCompressed(HttpContentHeaders headers) =>
        headers.ContentEncoding.Any(encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase));

    /// <summary>How long the endpoint asks to be left alone; null where it does not say.</summary>
    public static TimeSpan? AskedWait(PipelineResponse response, DateTimeOffset now)
    {
        response.Headers.TryGetValue("Retry-After", out var wait);
        response.Headers.TryGetValue("Date", out var date);
        return RetryAfter.Read(wait, date, now);
    }
}
