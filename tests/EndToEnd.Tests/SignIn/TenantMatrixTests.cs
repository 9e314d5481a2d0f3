using System.Net;
using System.Text.RegularExpressions;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>
/// Every route of the product's own endpoint table × everybody who must not see what somebody else has: nobody learns anything, also not
/// whether there is something.
/// </summary>
[Collection(KeyedCollection.Name)]
public sealed partial class TenantMatrixTests(KeyedProduct product)
{
    [Fact]
    public void Every_route_has_a_row_and_every_row_a_route() =>
        Assert.Equal(RouteTable.Read().Distinct(StringComparer.Ordinal), TenantRow.All.Select(row => row.Route).Concat(TenantRow.Open).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Whoever_has_no_key_that_is_good_gets_the_same_answer_everywhere()
    {
        var alice = await product.ForAsync("alice");
        var scene = await TenantScene.MakeAsync(alice, product.Admin);
        var other = await alice.CreateAsync();
        var ticket = (await alice.PostAsync($"/conversations/{other}/tickets", new { }, HttpStatusCode.Created)).Text("ticket");
        var before = await StateAsync(alice, scene);
        (string Who, HttpClient Http, string Query)[] strangers =
        [
            ("no key", product.Product.Api.Http, ""),
            ("garbage", product.With("oc_0123456789ab_" + new string('A', 43)).Http, ""),
            ("revoked", await RevokedAsync(), ""),
            ("expired", await ExpiredAsync(), ""),
            ("session of a revoked key", await SignedOutAsync(), ""),
            ("somebody who is no proxy", product.Proxied("alice", secret: null).Http, ""),
            ("somebody who guesses the proxy's secret", product.Proxied("alice", new string('x', 32)).Http, ""),
            ("ticket of another conversation", product.Product.Api.Http, $"ticket={ticket}"),
        ];

        foreach (var row in TenantRow.All)
        {
            foreach (var (who, http, query) in strangers)
            {
                var answer = await TenantAnswer.AskAsync(http, row, scene, query);
                var unknown = await TenantAnswer.AskAsync(http, row, scene.Unknown(), query);

                Assert.True(answer.Status == 401, $"{row.Route} × {who}: {answer}");
                Assert.Equal(Timeless(answer.Headers), Timeless(unknown.Headers));
                AssertNothingOf(scene, answer, $"{row.Route} × {who}");
            }
        }

        Assert.Equal(before, await StateAsync(alice, scene));
    }

    [Fact]
    public async Task To_another_owner_what_is_not_his_does_not_exist()
    {
        var alice = await product.ForAsync("alice");
        var scene = await TenantScene.MakeAsync(alice, product.Admin);
        var before = await StateAsync(alice, scene);

        // Each an owner of his own, so that what one of them makes is nothing that another sees.
        await Task.WhenAll(
            AssertSeesNothingAsync("key", await product.ForAsync("bob"), scene),
            AssertSeesNothingAsync("session", await product.SignInAsync("carol"), scene),
            AssertSeesNothingAsync("proxy", product.Proxied("dave"), scene));

        Assert.Equal(before, await StateAsync(alice, scene));
    }

    [Fact]
    public async Task Who_may_only_read_reads_and_does_nothing_else_and_nobody_administers_without_leave()
    {
        var (alice, reader) = (await product.ForAsync("alice"), await product.ForAsync("alice", "read"));
        var scene = await TenantScene.MakeAsync(alice, product.Admin);
        var before = await StateAsync(alice, scene);

        foreach (var row in TenantRow.All)
        {
            var answer = await TenantAnswer.AskAsync(reader.Http, row, scene);

            Assert.True(row.IsForReaders ? answer.Status is >= 200 and < 300 : answer.Status == 403, $"{row.Route}: {answer}");
            if (row.IsForAdministrators)
            {
                Assert.Equal(403, (await TenantAnswer.AskAsync(alice.Http, row, scene)).Status);
            }
        }

        Assert.Equal(before, await StateAsync(alice, scene));
    }

    // Without this, a row whose path or body is wrong would be refused for that, and show nothing.
    [Fact]
    public async Task The_owner_himself_is_served_on_every_row()
    {
        var alice = await product.ForAsync("alice");

        // Some rows leave nothing of what they name to the next one. Most of the time goes into waiting for the words of replies.
        await Parallel.ForEachAsync(TenantRow.All, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (row, _) =>
        {
            var scene = await TenantScene.MakeAsync(alice, product.Admin);
            var answer = await TenantAnswer.AskAsync((row.IsForAdministrators ? product.Admin : alice).Http, row, scene);

            Assert.True(row.OwnStatus is { } own ? answer.Status == own : answer.Status is >= 200 and < 300, $"{row.Route} ({row.Path}): {answer}");
        });
    }

    private static async Task AssertSeesNothingAsync(string who, ChatApi other, TenantScene scene)
    {
        foreach (var row in TenantRow.All.Where(row => !row.IsForAdministrators))
        {
            var answer = await TenantAnswer.AskAsync(other.Http, row, scene);

            AssertNothingOf(scene, answer with { Headers = scene.Blank(answer.Headers) }, $"{row.Route} ({row.Path}) × {who}");
            Assert.True(answer.Status is not (401 or 403), $"{row.Route} ({row.Path}) × {who}: {answer}");
            if (row.NamesSomething)
            {
                var unknown = scene.Unknown();
                var never = await TenantAnswer.AskAsync(other.Http, row, unknown);
                Assert.Equal((who, row.Path, answer.Status, Timeless(scene.Blank(answer.Headers))), (who, row.Path, never.Status, Timeless(unknown.Blank(never.Headers))));
            }
        }
    }

    private static async Task<string> StateAsync(ChatApi owner, TenantScene scene) =>
        $"{await owner.GetAsync($"/conversations/{scene.Conversation}")}{await owner.GetAsync($"/conversations/{scene.Conversation}/messages?branch=all")}";

    private static void AssertNothingOf(TenantScene scene, TenantAnswer answer, string what) =>
        Assert.All(scene.Marks, mark => Assert.False(answer.Headers.Contains(mark, StringComparison.OrdinalIgnoreCase), $"{what} has '{mark}': {answer.Headers}"));

    // What is made anew by every request that makes something is no difference.
    private static string Timeless(string answer) => Changing().Replace(answer, "…");

    [GeneratedRegex(@"""(created|created_at|updated_at|at|trace_id)"":\s*(""[^""]*""|\d+)|Stream-Cursor: \d+|id: 1;\d+|""(conv|chatcmpl|resp|msg)[_-][0-9a-z_]+""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Changing();

    private async Task<HttpClient> RevokedAsync()
    {
        var made = await product.MakeKeyAsync("alice");
        using var revoked = await product.Admin.Http.DeleteAsync(new Uri($"/keys/{made.Text("id")}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        return product.With(made.Text("key")).Http;
    }

    private async Task<HttpClient> SignedOutAsync()
    {
        var made = await product.MakeKeyAsync("alice");
        var client = (await product.SignInAsync(made)).Http;
        using var revoked = await product.Admin.Http.DeleteAsync(new Uri($"/keys/{made.Text("id")}", UriKind.Relative));
        await Testing.Time.Waiting.ForAsync(async () => (await client.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync()).Status == 401);
        return client;
    }

    private async Task<HttpClient> ExpiredAsync()
    {
        var made = await product.Admin.PostAsync("/keys", new { owner = "alice", expires_at = DateTimeOffset.UtcNow.AddMilliseconds(500) }, HttpStatusCode.Created);
        var client = product.With(made.Text("key")).Http;
        await Testing.Time.Waiting.ForAsync(async () => (await client.GetAsync(new Uri("/session", UriKind.Relative)).ReadJsonAsync()).Status == 401);
        return client;
    }
}
