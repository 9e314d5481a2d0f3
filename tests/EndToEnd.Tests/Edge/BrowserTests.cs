using System.Net;

namespace OrleansChat.EndToEnd.Tests.Edge;

/// <summary>What browsers are told: not to draw, guess or keep answers, and which other websites may read them.</summary>
public sealed class BrowserTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    private const string Stranger = "https://elsewhere.example";

    [Theory]
    [InlineData("GET", "/models", 200)]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/js/main.js", 200)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/conversations/nonsense", 404)]
    [InlineData("GET", "/conversations?limit=0", 400)]
    [InlineData("POST", "/v1/chat/completions", 415)]
    [InlineData("PUT", "/conversations", 405)]
    [InlineData("GET", "/events", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/health/ready", 200)]
    public async Task Every_answer_says_what_not_to_do_with_it(string method, string path, int status)
    {
        using var response = await SendAsync(method, path);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Contains("microphone=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotEmpty(Header(response, "Cache-Control"));
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("X-Powered-By"));

        // Over plain HTTP browsers do not listen to it.
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_page_may_run_its_own_scripts_and_make_markup_in_one_place_only()
    {
        using var response = await SendAsync("GET", "/");

        var policy = Header(response, "Content-Security-Policy").Split("; ");
        Assert.Equal(
            [
                "base-uri 'none'", "connect-src 'self'", "default-src 'none'", "font-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "img-src 'self' data:",
                "require-trusted-types-for 'script'", "script-src 'self'", "style-src 'self'", "trusted-types orleanschat-html",
            ],
            policy.Order(StringComparer.Ordinal));
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i)<script(?![^>]* src=)", page);
        Assert.DoesNotMatch("(?i) on[a-z]+=", page);
    }

    [Fact]
    public async Task A_website_that_is_configured_may_ask_and_read_also_errors_and_streams()
    {
        using var preflight = await SendAsync(
            "OPTIONS", "/conversations", ("Origin", EdgeFixture.Friend), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));
        using var error = await SendAsync("GET", "/conversations?limit=0", ("Origin", EdgeFixture.Friend));
        using var stream = await SendAsync("GET", "/events", ("Origin", EdgeFixture.Friend), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(EdgeFixture.Friend, Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Contains("POST", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("authorization", Header(preflight, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(HttpStatusCode.BadRequest, error.StatusCode);
        Assert.Equal(EdgeFixture.Friend, Header(error, "Access-Control-Allow-Origin"));
        Assert.Contains("Retry-After", Header(error, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        Assert.Equal(EdgeFixture.Friend, Header(stream, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(Stranger)]
    [InlineData("null")]
    [InlineData("https://chat.example.org.elsewhere.example")]
    [InlineData("http://chat.example.org")]
    [InlineData("https://chat.example.org:8443")]
    public async Task Others_may_not(string origin)
    {
        using var preflight = await SendAsync("OPTIONS", "/conversations", ("Origin", origin), ("Access-Control-Request-Method", "POST"));
        using var request = await SendAsync("GET", "/models", ("Origin", origin), ("Sec-Fetch-Site", "cross-site"));

        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(request.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.Forbidden, request.StatusCode);
    }

    [Fact]
    public async Task No_error_shows_where_in_the_code_it_comes_from()
    {
        foreach (var (method, path) in new[] { ("GET", "/nowhere"), ("POST", "/conversations"), ("GET", "/conversations?limit=%00"), ("POST", "/v1/responses"), ("GET", "/usage?from=x") })
        {
            using var response = await SendAsync(method, path);
            var body = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Microsoft.", body, StringComparison.Ordinal);
        }
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";

    private async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new StringContent("x") : null };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await fixture.Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
