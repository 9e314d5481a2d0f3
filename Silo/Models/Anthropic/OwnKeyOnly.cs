namespace OrleansChat.Models.Anthropic;

/// <summary>
/// Sees to it that no other key goes out than the configured one, and none to endpoints that ask for none: the SDK has to be given one, and
/// may find more in the environment.
/// </summary>
internal sealed class OwnKeyOnly(HttpMessageHandler inner, bool hasKey) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove("Authorization");
        if (!hasKey)
        {
            request.Headers.Remove("X-Api-Key");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
