using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Example;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Hosting;

/// <summary>The host of docs/middleware.md, made of nothing but what is public.</summary>
public sealed class OwnHostTests
{
    [Fact]
    public void The_documentation_shows_what_is_tested_here()
    {
        var tested = Repository.Read("tests/Api.Tests/Hosting/OwnHost.cs");
        var documented = Repository.Read("docs/middleware.md");

        Assert.Contains($"```csharp\n{tested}```", documented.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_replies_through_what_was_added_and_has_the_page()
    {
        using var data = new TemporaryDirectory();
        await using var app = OwnHost.Build(["--urls=http://127.0.0.1:0", $"--Storage:Path={data.Path}", "--Logging:LogLevel:Default=None"]);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await http.PostAsJsonAsync(
            "/v1/chat/completions", new { model = "demo", messages = new[] { new { role = "user", content = "Mine is 4111 1111 1111 1111." } } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal("content_refused", error.GetProperty("code").GetString());
        Assert.StartsWith("<!doctype html>", await http.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.OrdinalIgnoreCase);
    }
}
