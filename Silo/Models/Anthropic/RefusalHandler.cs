using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Routing;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// Makes a <see cref="ModelException"/> of every answer that is no success, before the SDK does: it would read the whole body, however
/// long and slow that is, and quote it.
/// </summary>
internal sealed class RefusalHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            throw UpstreamFaults.Refused(
                (int)response.StatusCode,
                await ErrorBody.ReadAsync(body, time, cancellationToken),
                RetryAfter.Read(First(response, "Retry-After"), First(response, "Date"), time.GetUtcNow()));
        }
    }

    private static string? First(HttpResponseMessage response, string header) =>
        response.Headers.NonValidated.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;
}
