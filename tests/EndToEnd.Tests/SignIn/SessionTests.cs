using System.Net;
using System.Net.Http.Json;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>Sessions of browsers.</summary>
[Collection(KeyedCollection.Name)]
public class SessionTests(KeyedProduct product)
{
    [Fact]
    public async Task A_browser_signs_in_with_a_key_and_out_again()
    {
        var key = (await product.MakeKeyAsync("alice", "write")).Text("key")!;
        using var browser = Browser();

        using var signedIn = await browser.PostAsJsonAsync("/session", new { key });

        Assert.Equal(HttpStatusCode.NoContent, signedIn.StatusCode);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("orleanschat-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(key[16..], cookie, StringComparison.Ordinal);
        var (_, me) = await browser.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync();
        Assert.Equal(("alice", "session"), (me.Text("owner"), me.Text("signed_in_by")));
        Assert.InRange(DateTimeOffset.Parse(me.Text("expires_at")!, null) - DateTimeOffset.UtcNow, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.Equal(201, (await browser.PostAsJsonAsync("/conversations", new { }).ReadJsonAsync()).Status);

        using var signedOut = await browser.DeleteAsync(new Uri("/session", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Equal(401, (await browser.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync()).Status);
    }

    [Fact]
    public async Task A_gateway_in_front_that_asks_for_a_password_does_not_hide_it()
    {
        var browser = await product.SignInAsync("alice");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/conversations");
        request.Headers.Add("Authorization", "Basic YWxpY2U6d29uZGVybGFuZA==");
        Assert.Equal(200, (await browser.Http.SendAsync(request).ReadJsonAsync()).Status);

        // Who shows a key means that one.
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/conversations");
        wrong.Headers.Add("Authorization", "Bearer x");
        Assert.Equal(401, (await browser.Http.SendAsync(wrong).ReadJsonAsync()).Status);
    }

    [Fact]
    public async Task Over_TLS_the_cookie_is_for_TLS_only()
    {
        var key = (await product.MakeKeyAsync("alice")).Text("key");
        using var browser = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session") { Content = JsonContent.Create(new { key }) };

        // What a browser says whose connection to the proxy before this server is encrypted.
        request.Headers.Add("Origin", $"https://{product.Product.Address.Authority}");
        using var response = await browser.SendAsync(request);

        Assert.Contains("; secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_session_ends_with_its_key()
    {
        var made = await product.MakeKeyAsync("bob");
        using var browser = Browser();
        using var signedIn = await browser.PostAsJsonAsync("/session", new { key = made.Text("key") });
        Assert.Equal(200, (await browser.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync()).Status);

        using var revoked = await product.Admin.Http.DeleteAsync(new Uri($"/keys/{made.Text("id")}", UriKind.Relative));

        await Waiting.ForAsync(async () => (await browser.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync()).Status == 401);
        Assert.Equal(401, (await browser.PostAsJsonAsync("/session", new { key = made.Text("key") }).ReadJsonAsync()).Status);
    }

    [Fact]
    public async Task A_session_of_a_key_that_expires_ends_no_later()
    {
        var end = DateTimeOffset.UtcNow.AddHours(3);
        var made = await product.Admin.PostAsync("/keys", new { owner = "bob", expires_at = end }, HttpStatusCode.Created);
        using var browser = Browser();
        using var signedIn = await browser.PostAsJsonAsync("/session", new { key = made.Text("key") });

        var (_, me) = await browser.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync();

        Assert.Equal(end.ToUnixTimeMilliseconds(), DateTimeOffset.Parse(me.Text("expires_at")!, null).ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_sites_page_can_do_nothing_with_it(string header, string value)
    {
        var key = (await product.MakeKeyAsync("alice")).Text("key")!;
        using var browser = Browser();
        using var signedIn = await browser.PostAsJsonAsync("/session", new { key });
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/conversations"), (HttpMethod.Get, "/conversations"), (HttpMethod.Get, "/stream?prompt=x"),
            (HttpMethod.Get, "/session"), (HttpMethod.Post, "/session"), (HttpMethod.Delete, "/session"),
        })
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add(header, value);
            var (status, problem) = await browser.SendAsync(request).ReadJsonAsync();
            Assert.True((403, "cross_site") == (status, problem.Text("code")), $"{method} {path}");
        }

        // Whoever has the key itself is no browser that was made to do something.
        using var direct = new HttpRequestMessage(HttpMethod.Get, "/conversations");
        direct.Headers.Add(header, value);
        direct.Headers.Add("Authorization", $"Bearer {key}");
        Assert.Equal(200, (await browser.SendAsync(direct).ReadJsonAsync()).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cookie_that_somebody_made_up_is_none(string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/session");
        request.Headers.Add("Cookie", $"orleanschat-session={value}");

        Assert.Equal(401, (await product.Product.Api.Http.SendAsync(request).ReadJsonAsync()).Status);
    }

    [Fact]
    public async Task A_ticket_is_no_session_and_a_session_no_ticket()
    {
        var key = (await product.MakeKeyAsync("alice")).Text("key")!;
        var alice = product.With(key);
        var conversation = await alice.CreateAsync();
        var ticket = (await alice.PostAsync($"/conversations/{conversation}/tickets", new { }, HttpStatusCode.Created)).Text("ticket");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/session");
        request.Headers.Add("Cookie", $"orleanschat-session={ticket}");
        Assert.Equal(401, (await product.Product.Api.Http.SendAsync(request).ReadJsonAsync()).Status);

        using var signedIn = await product.Product.Api.Http.PostAsJsonAsync("/session", new { key });
        var session = Assert.Single(signedIn.Headers.GetValues("Set-Cookie")).Split('=', 2)[1].Split(';')[0];
        await product.Product.Api.GetAsync($"/conversations/{conversation}/events?until=idle&ticket={session}", HttpStatusCode.Unauthorized);
    }

    private HttpClient Browser() => new() { BaseAddress = product.Product.Address };
}
