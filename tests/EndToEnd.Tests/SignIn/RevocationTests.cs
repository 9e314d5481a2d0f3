using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>What is revoked ends, also what is open.</summary>
[Collection(KeyedCollection.Name)]
public class RevocationTests(KeyedProduct product)
{
    [Fact]
    public async Task Streams_of_every_kind_end_and_the_reply_goes_on()
    {
        var (mine, kept) = (await product.MakeKeyAsync("alice"), await product.ForAsync("alice"));
        var api = product.With(mine.Text("key"));
        var conversation = await api.CreateAsync(new { model = "demo" });
        const string Long = "x [demo: tokens=400 rate=40]";
        await api.SendAsync(conversation, Long);
        var streams = new Dictionary<string, SseConnection>(StringComparer.Ordinal)
        {
            ["native"] = await api.FollowAsync(conversation),
            ["owner"] = await SseConnection.OpenAsync(api.Http, new HttpRequestMessage(HttpMethod.Get, "/events")),
            ["durable"] = await SseConnection.OpenAsync(api.Http, new HttpRequestMessage(HttpMethod.Get, $"/streams/{conversation}?offset=-1&live=sse")),
            ["completion"] = await api.PostAndFollowAsync("/v1/chat/completions", new { model = "demo", stream = true, messages = new[] { new { role = "user", content = Long } } }),
            ["response"] = await api.PostAndFollowAsync("/v1/responses", new { model = "demo", stream = true, input = Long }),
            ["content"] = await SseConnection.OpenAsync(api.Http, new HttpRequestMessage(HttpMethod.Post, $"/chat?model=demo&message={Uri.EscapeDataString(Long)}")),
        };
        foreach (var (_, stream) in streams)
        {
            Assert.Equal(HttpStatusCode.OK, stream.Status);
            await stream.NextAsync();
        }

        // Two who wait for all of a reply, and were let in: theirs run.
        var running = await RunningAsync(kept);
        Task<(int Status, JsonElement Json)>[] whole =
        [
            api.Http.PostAsJsonAsync("/v1/chat/completions", new { model = "demo", store = true, messages = new[] { new { role = "user", content = Long } } }).ReadJsonAsync(),
            api.Http.PostAsJsonAsync("/v1/responses", new { model = "demo", input = Long }).ReadJsonAsync(),
        ];
        await Waiting.ForAsync(async () => await RunningAsync(kept) == running + whole.Length);

        using var revoked = await product.Admin.Http.DeleteAsync(new Uri($"/keys/{mine.Text("id")}", UriKind.Relative));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(streams.Values.Select(stream => stream.ToEndAsync()));
        await Task.WhenAll(whole);

        // A reply has ten seconds to go, and nothing else ends any of these.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.All(whole, answer => Assert.Equal((401, "unauthenticated"), (answer.Result.Status, answer.Result.Json.GetProperty("error").Text("code"))));
        Assert.Equal(["completion", "content", "response"], streams.Where(each => each.Value.WasCut).Select(each => each.Key).Order(StringComparer.Ordinal));
        Assert.All(["completion", "content", "response"], dialect => Assert.Contains("unauthenticated", streams[dialect].Events[^1].Data, StringComparison.Ordinal));
        await api.GetAsync("/session", HttpStatusCode.Unauthorized);

        using var rest = await kept.FollowAsync(conversation, "until=idle", lastEventId: streams["native"].Cursor);
        await rest.ToEndAsync();
        Assert.Equal("reply.completed", rest.Events[^1].Type);
        foreach (var (_, stream) in streams)
        {
            stream.Dispose();
        }
    }

    [Fact]
    public async Task A_key_that_expires_ends_its_streams_too()
    {
        var made = await product.Admin.PostAsync("/keys", new { owner = "bob", expires_at = DateTimeOffset.UtcNow.AddSeconds(2) }, HttpStatusCode.Created);
        var bob = product.With(made.Text("key"));
        using var reader = await bob.FollowAsync(await bob.CreateAsync());
        Assert.Equal(HttpStatusCode.OK, reader.Status);
        var watch = Stopwatch.StartNew();

        await reader.ToEndAsync();

        Assert.False(reader.WasCut);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await bob.GetAsync("/session", HttpStatusCode.Unauthorized);
    }

    private static async Task<int> RunningAsync(ChatApi owner) =>
        (await owner.GetAsync("/conversations")).GetProperty("data").EnumerateArray().Count(each => each.Text("status") == "replying");
}
