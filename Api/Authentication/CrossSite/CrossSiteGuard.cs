namespace OrleansChat.Authentication;

/// <summary>
/// Tells requests that a page of another site had a browser make. A browser adds to those whatever the caller is known by: his
/// cookie, his address, his proxy's word.
/// </summary>
internal sealed class CrossSiteGuard(ICrossOrigins origins)
{
    /// <summary>
    /// Whether a page of another site makes this request, one that is not allowed to. Browsers say so in <c>Sec-Fetch-Site</c>
    /// (https://www.w3.org/TR/fetch-metadata/), older ones in <c>Origin</c>; what is no browser says neither.
    /// </summary>
    public bool IsFromElsewhere(HttpRequest request) => IsFromElsewhere(request, isFriend: true);

    /// <summary>
    /// The same for who has signed in. Whom his browser's cookie or his proxy signs in, only those pages act for that are allowed to with credentials: browsers send
    /// some requests, cookies and all, before they ask whether they may.
    /// </summary>
    public bool IsFromElsewhere(HttpRequest request, SignedInBy signedInBy) =>
        IsFromElsewhere(request, isFriend: origins.AllowCredentials || signedInBy is not (SignedInBy.Session or SignedInBy.Proxy));

    private bool IsFromElsewhere(HttpRequest request, bool isFriend)
    {
        var origin = request.Headers.Origin.ToString();
        var isForeign = request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "" => origin.Length > 0 && !IsOwn(origin, request),
            "same-origin" or "none" => false,
            _ => true,
        };
        return isForeign && !(isFriend && origin.Length > 0 && origins.Allows(origin));
    }

    // By host and port alone: what ends TLS before this server has changed the scheme.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals($"{uri.Host}:{uri.Port}", request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
