using Microsoft.Extensions.Primitives;

namespace OrleansChat.Edge.Headers;

/// <summary>Headers that tell browsers what not to do with answers; on every answer, errors included.</summary>
internal static class SecurityHeaders
{
    // What the page is allowed: its own files, and the API at the same address. Markup from text goes through one policy of Trusted Types.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types orleanschat-html";

    // An answer of the API is nothing that a browser should draw or run; if one is made to, it can do nothing.
    private const string AnswerPolicy = "default-src 'none'; frame-ancestors 'none'";

    // A year. Names below this one are not for us to decide about.
    private const string TransportSecurity = "max-age=31536000";

    private static readonly KeyValuePair<string, StringValues>[] Always =
    [
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ];

    /// <summary>
    /// Has every answer say this from the beginning, outermost. What an endpoint sets itself takes the place of it. (Not when the answer starts: that takes
    /// a callback, which an idle reader would keep for as long as it listens.)
    /// </summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        Set(context);
        return next(context);
    });

    /// <summary>Allows a file of the page what the page needs.</summary>
    public static void AllowPage(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = PagePolicy;

        // Kept, but asked for again each time, so that files of two versions are never mixed.
        response.Headers.CacheControl = "no-cache";
    }

    /// <summary>Sets the headers; for an answer whose headers were cleared.</summary>
    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        foreach (var (name, value) in Always)
        {
            headers[name] = value;
        }

        headers.ContentSecurityPolicy = AnswerPolicy;

        // Conversations are nobody's to keep on the way; not a browser's either, which others may use next.
        headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = TransportSecurity;
        }
    }
}
