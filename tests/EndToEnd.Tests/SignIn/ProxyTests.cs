using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>A proxy that signs people in.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const string Secret = "a-long-text-that-only-the-proxy-knows";

    private readonly TemporaryDirectory directory = new();
    private ProductProcess product = null!;

    // With somebody to say who callers are it listens anywhere.
    public async Task InitializeAsync() => product = await ProductProcess.StartAsync(
        directory.Path,
        ("ASPNETCORE_URLS", "http://0.0.0.0:0"),
        ("Authentication__Proxy__Networks", "127.0.0.0/8, ::1/128"),
        ("Authentication__Proxy__Secret", Secret));

    public async Task DisposeAsync()
    {
        await product.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Its_word_is_taken_and_nobody_elses()
    {
        var (status, me) = await AskAsync(("X-Forwarded-User", "alice@example.com"), ("X-Proxy-Secret", Secret));
        Assert.Equal((200, "alice@example.com", "proxy"), (status, me.Text("owner"), me.Text("signed_in_by")));
        Assert.Equal("""["read","write"]""", me.GetProperty("scopes").GetRawText());

        // The proxy was told of no such header, and has it from the caller.
        (_, me) = await AskAsync(("X-Forwarded-User", "bob"), ("X-Proxy-Secret", Secret), ("X-Forwarded-Scopes", "admin"));
        Assert.Equal("""["read","write"]""", me.GetProperty("scopes").GetRawText());

        foreach (var headers in new (string, string)[][]
        {
            [],
            [("X-Forwarded-User", "alice")],
            [("X-Forwarded-User", "alice"), ("X-Proxy-Secret", "")],
            [("X-Forwarded-User", "alice"), ("X-Proxy-Secret", Secret[..^1])],
            [("X-Forwarded-User", "local"), ("X-Proxy-Secret", Secret)],
            [("X-Forwarded-User", "../alice"), ("X-Proxy-Secret", Secret)],
            [("X-Forwarded-User", ""), ("X-Proxy-Secret", Secret)],
            [("X-Proxy-Secret", Secret)],
            [("Authorization", "Bearer x")],
        })
        {
            Assert.Equal(401, (await AskAsync(headers)).Status);
        }
    }

    [Fact]
    public async Task A_ticket_that_was_asked_for_through_it_needs_it_no_more()
    {
        (string, string)[] alice = [("X-Forwarded-User", "alice"), ("X-Proxy-Secret", Secret)];
        var (_, created) = await AskAsync(HttpMethod.Post, "/conversations", alice);
        var conversation = created.Text("id")!;
        var (status, ticket) = await AskAsync(HttpMethod.Post, $"/conversations/{conversation}/tickets", alice);

        Assert.Equal(201, status);
        using var reader = await product.Api.FollowAsync(conversation, $"ticket={ticket.Text("ticket")}");
        Assert.Equal(HttpStatusCode.OK, reader.Status);
    }

    private Task<(int Status, System.Text.Json.JsonElement Json)> AskAsync(params (string Name, string Value)[] headers) =>
        AskAsync(HttpMethod.Get, "/session", headers);

    private async Task<(int Status, System.Text.Json.JsonElement Json)> AskAsync(HttpMethod method, string path, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await product.Api.Http.SendAsync(request).ReadJsonAsync();
    }
}
