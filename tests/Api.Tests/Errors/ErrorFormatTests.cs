using System.Net;
using System.Text;
using System.Text.Json;
using OrleansChat.Api.Tests.Documentation;

namespace OrleansChat.Api.Tests.Errors;

/// <summary>Errors come in the format of the dialect that a request speaks, whoever tells them.</summary>
public sealed class ErrorFormatTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("GET", "/v1/nowhere", null, 404, "not_found")]
    [InlineData("GET", "/v1/chat/nowhere", null, 404, "not_found")]
    [InlineData("DELETE", "/v1/models", null, 405, "method_not_allowed")]
    [InlineData("POST", "/v1/chat/completions", "text/plain", 415, "unsupported_media_type")]
    [InlineData("POST", "/v1/chat/completions", "application/json", 400, "invalid_request")]
    [InlineData("GET", "/v1/models/demo", null, 500, "internal_error")]
    [InlineData("GET", "/v1/chat/completions/nonsense", null, 404, "reply_not_found")]
    [InlineData("GET", "/v1/chat/completions/nonsense?stream=maybe", null, 400, "invalid_request")]
    public async Task Below_v1_they_come_in_OpenAIs(string method, string path, string? contentType, int status, string code)
    {
        var (actual, headers, body) = await SendAsync(method, path, contentType);

        Assert.Equal((HttpStatusCode)status, actual);
        var error = body.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal(status >= 500 ? "server_error" : "invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal("false", headers.GetValues("x-should-retry").Single());
    }

    [Theory]
    [InlineData("GET", "/nowhere", null, 404, "not_found")]
    [InlineData("GET", "/conversations/conv_1/nowhere", null, 404, "not_found")]
    [InlineData("PUT", "/conversations", null, 405, "method_not_allowed")]
    [InlineData("POST", "/streams/conv_1", null, 405, "method_not_allowed")]
    [InlineData("POST", "/conversations", "text/plain", 415, "unsupported_media_type")]
    [InlineData("POST", "/conversations/import", "text/plain", 415, "unsupported_media_type")]
    public async Task Elsewhere_they_are_problem_details(string method, string path, string? contentType, int status, string code)
    {
        var (actual, _, body) = await SendAsync(method, path, contentType);

        Assert.Equal((HttpStatusCode)status, actual);
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.Equal(code, body.GetProperty("code").GetString());
        Assert.NotEqual("", body.GetProperty("title").GetString());
        Assert.NotEqual("", body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Of_a_path_that_there_is_not_no_more_is_repeated_than_it_takes_to_know_it()
    {
        var (_, _, body) = await SendAsync("GET", $"/{new string('x', 500)}", contentType: null);

        Assert.Equal($"There is nothing at /{new string('x', 99)}….", body.GetProperty("detail").GetString());
    }

    private async Task<(HttpStatusCode Status, System.Net.Http.Headers.HttpResponseHeaders Headers, JsonElement Body)> SendAsync(
        string method, string path, string? contentType)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = contentType is null ? null : new StringContent("{}", Encoding.UTF8, contentType),
        };
        using var response = await http.SendAsync(request);
        return (response.StatusCode, response.Headers, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }
}
