namespace OrleansChat.Authentication;

/// <summary>The cookie of a session: for this server only, never for scripts, never from other sites.</summary>
internal static class SessionCookie
{
    private const string Name = "orleanschat-session";

    /// <summary>Whether a request has one.</summary>
    public static bool IsIn(HttpRequest request) => request.Cookies.ContainsKey(Name);

    /// <summary>Reads it; null where there is none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name];

    /// <summary>Sets it.</summary>
    public static void Set(HttpContext context, string value, DateTimeOffset expiresAt) =>
        context.Response.Cookies.Append(Name, value, Options(context.Request, expiresAt));

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context.Request, expiresAt: null));

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Expires = expiresAt,
        IsEssential = true,

        // Where a proxy ends TLS, this server sees none, and the page's own word is the better one.
        Secure = request.IsHttps || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase),
    };
}
