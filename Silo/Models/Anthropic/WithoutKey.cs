namespace OrleansChat.Models.Anthropic;

/// <summary>For endpoints that ask for no key: takes it away again that the SDK has to be given.</summary>
internal sealed class WithoutKey(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove("Authorization");
        request.Headers.Remove("X-Api-Key");
        return base.SendAsync(request, cancellationToken);
    }
}
