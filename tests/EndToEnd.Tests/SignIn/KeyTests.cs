using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>API keys over HTTP.</summary>
[Collection(KeyedCollection.Name)]
public partial class KeyTests(KeyedProduct product)
{
    [Fact]
    public async Task A_key_is_its_owner_with_its_scopes()
    {
        var alice = await product.ForAsync("alice", "read");

        var me = await alice.GetAsync("/session");

        Assert.Equal(("alice", "key"), (me.Text("owner"), me.Text("signed_in_by")));
        Assert.Equal(["read"], me.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Every_way_not_to_have_a_key_gets_the_same_answer()
    {
        var made = await product.MakeKeyAsync("nobody-to-be");
        var good = made.Text("key")!;
        var expired = await product.Admin.PostAsync("/keys", new { owner = "x", expires_at = DateTimeOffset.UtcNow.AddSeconds(1) }, HttpStatusCode.Created);
        await RevokeAsync(made.Text("id")!);
        await UntilRefusedAsync(product.With(expired.Text("key")));
        string?[] headers =
        [
            null, "", "Bearer", "Bearer ", $"Basic {good}", good, "Bearer sk-1234", $"Bearer {good[..^1]}", $"Bearer {good}x", $"Bearer {good}, Bearer {good}",
            $"Bearer oc_000000000000{good[15..]}", $"Bearer {good[..16]}{new string('A', 43)}", $"Bearer {good}", $"Bearer {expired.Text("key")}",
        ];

        var answers = new List<string>();
        foreach (var header in headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/conversations");
            if (header is not null)
            {
                Assert.True(request.Headers.TryAddWithoutValidation("Authorization", header));
            }

            using var response = await product.Product.Api.Http.SendAsync(request);
            answers.Add($"{response.StatusCode} {response.Headers.WwwAuthenticate} {TraceId().Replace(await response.Content.ReadAsStringAsync(), "")}");
        }

        Assert.StartsWith("Unauthorized Bearer {", Assert.Single(answers.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/models", "{\"error\":{\"message\":")]
    [InlineData("/api/chat/x", "Say who you are")]
    [InlineData("/stream?prompt=x", "{\"type\":")]
    public async Task A_dialect_refuses_in_its_own_words(string path, string beginning)
    {
        using var response = await product.Product.Api.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith(beginning, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_changes_nothing_and_has_nothing_made()
    {
        var (writer, reader) = (await product.ForAsync("carol"), await product.ForAsync("carol", "read"));
        var conversation = await writer.CreateAsync();

        await reader.GetAsync($"/conversations/{conversation}");
        foreach (var refused in new[]
        {
            await Problem(reader.Http.PostAsJsonAsync("/conversations", new { })),
            await Problem(reader.Http.DeleteAsync(new Uri($"/conversations/{conversation}", UriKind.Relative))),
            await Problem(reader.Http.GetAsync(new Uri("/stream?prompt=x", UriKind.Relative))),
        })
        {
            Assert.Equal((403, "missing_scope", "write", "[\"read\"]"), refused);
        }

        Assert.Equal((403, "missing_scope", "admin", "[\"read\",\"write\"]"), await Problem(writer.Http.GetAsync(new Uri("/keys", UriKind.Relative))));
    }

    [Fact]
    public async Task An_administrator_sees_keys_but_no_secrets_and_no_conversations_of_others()
    {
        var made = await product.MakeKeyAsync("dave");
        var conversation = await product.With(made.Text("key")).CreateAsync();

        var listed = (await product.Admin.GetAsync("/keys?limit=100")).GetProperty("data").EnumerateArray().Single(key => key.Text("id") == made.Text("id"));

        Assert.Equal(("dave", (string?)null), (listed.Text("owner"), listed.Text("revoked_at")));
        Assert.False(listed.TryGetProperty("key", out _));
        Assert.DoesNotContain(made.Text("key")![16..], listed.GetRawText(), StringComparison.Ordinal);
        await product.Admin.GetAsync($"/conversations/{conversation}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_known()
    {
        var made = await product.MakeKeyAsync("erin");
        Assert.Null(made.Text("last_used_at"));

        await product.With(made.Text("key")).GetAsync("/session");

        await Waiting.ForAsync(async () =>
            (await product.Admin.GetAsync("/keys?limit=100")).GetProperty("data").EnumerateArray().Single(key => key.Text("id") == made.Text("id")).Text("last_used_at") is not null);
    }

    [Fact]
    public async Task The_command_revokes_while_the_product_runs()
    {
        var key = await KeysTool.AddAsync(product.Store, "frank");
        var frank = product.With(key);
        await frank.GetAsync("/session");

        var (code, log) = await KeysTool.RunAsync(product.Store, "revoke", key);

        Assert.Equal(0, code);
        Assert.Contains("is revoked", log, StringComparison.Ordinal);
        await UntilRefusedAsync(frank);
    }

    [Theory]
    [InlineData("""{"owner":"-x"}""", "'owner'")]
    [InlineData("""{"scopes":[]}""", "'scopes'")]
    [InlineData("""{"scopes":["sudo"]}""", "'scopes'")]
    [InlineData("""{"expires_at":"2020-01-01T00:00:00Z"}""", "'expires_at'")]
    public async Task A_key_that_cannot_be_is_refused(string body, string message)
    {
        using var content = new StringContent(body, null, "application/json");
        var (status, problem) = await product.Admin.Http.PostAsync(new Uri("/keys", UriKind.Relative), content).ReadJsonAsync();

        Assert.Equal(400, status);
        Assert.Contains(message, problem.Text("detail"), StringComparison.Ordinal);
    }

    private static async Task<(int, string?, string?, string)> Problem(Task<HttpResponseMessage> sending)
    {
        var (status, problem) = await sending.ReadJsonAsync();
        return (status, problem.Text("code"), problem.Text("needed"), problem.GetProperty("scopes").GetRawText());
    }

    [GeneratedRegex("\"trace_id\":\"[^\"]*\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TraceId();

    private async Task RevokeAsync(string id)
    {
        using var response = await product.Admin.Http.DeleteAsync(new Uri($"/keys/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task UntilRefusedAsync(ChatApi api) => Waiting.ForAsync(async () =>
    {
        using var response = await api.Http.GetAsync(new Uri("/session", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.Unauthorized;
    });
}
