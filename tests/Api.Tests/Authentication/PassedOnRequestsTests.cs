using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansChat.Api.Tests.Documentation;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>Where nobody signs in, whoever a tunnel or a proxy asks for is not on this machine only because the tunnel is.</summary>
public sealed class PassedOnRequestsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1, 203.0.113.7")]
    [InlineData("X-Forwarded-For", "2001:db8::1")]
    [InlineData("X-Forwarded-For", "unknown")]
    [InlineData("X-Forwarded-For", "")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("CF-Connecting-IP", "203.0.113.7")]
    [InlineData("X-Forwarded-Host", "chat.example.com")]
    [InlineData("X-Forwarded-Host", "localhost, chat.example.com:443")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Forwarded", "for=127.0.0.1;host=localhost, for=\"[2001:db8::1]:443\"")]
    [InlineData("Forwarded", "For=_hidden")]
    [InlineData("Forwarded", "proto=https;host=chat.example.com")]
    public void What_comes_for_others_says_so(string header, string value) => Assert.Equal(header, FindForeign(header, value));

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "::ffff:127.0.0.1, ::1")]
    [InlineData("X-Forwarded-For", "127.0.0.1:4711")]
    [InlineData("X-Forwarded-Host", "localhost:3000")]
    [InlineData("X-Forwarded-Host", "[::1]:3000")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=\"[::1]:4711\";host=localhost:3000;proto=http")]
    [InlineData("X-Other", "203.0.113.7")]
    public void What_comes_for_this_machine_is_served(string header, string value) => Assert.Null(FindForeign(header, value));

    [Fact]
    public async Task Who_comes_through_a_tunnel_is_told_what_would_let_him_in()
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        foreach (var path in new[] { "/conversations", "/", "/health/live", "/v1/models" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
            using var response = await http.SendAsync(request);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            var (code, detail) = problem.TryGetProperty("error", out var error) ? (error.GetProperty("code"), error.GetProperty("message")) : (problem.GetProperty("code"), problem.GetProperty("detail"));

            Assert.Equal((HttpStatusCode.Forbidden, "passed_on"), (response.StatusCode, code.GetString()));
            Assert.All(["'X-Forwarded-For'", "./run keys add", "Authentication:Proxy"], part => Assert.Contains(part, detail.GetString(), StringComparison.Ordinal));
        }

        using var here = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, here.StatusCode);
    }

    private static string? FindForeign(string header, string value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = value;
        return PassedOnRequests.FindForeign(request.Headers);
    }
}
