using System.Text.Json;
using OrleansChat.Testing.Abuse;
using OrleansChat.Testing.Abuse.Malformed;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Edge;

/// <summary>Nothing that anybody sends is more than a mistake of his own.</summary>
public sealed class MalformedTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    // As many as take a few seconds; benchmarks/Abuse sends 10,000 of any seed.
    private const int Requests = 2_000;
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task Malformed_requests_get_4xx_leave_no_error_in_the_log_and_no_memory_behind()
    {
        var product = fixture.Product;
        var (http, requests) = await PrepareAsync(seed: 1);
        var run = new MalformedRun();
        await run.SendAsync(http, requests, Requests / 4);
        var before = ProcessMemory.ResidentBytes(product.Id);

        await run.SendAsync(http, requests, Requests);

        Assert.True(run.Wrong.Count == 0, $"{run.Wrong.Count} of {Requests} got something else:\n{string.Join('\n', run.Wrong.Take(40))}");
        Assert.DoesNotContain("fail: ", product.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("crit: ", product.Log, StringComparison.Ordinal);
        Assert.InRange(ProcessMemory.ResidentBytes(product.Id) - before, long.MinValue, 200 * Megabyte);
        Assert.Equal("live", (await product.Api.GetAsync("/health/live")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_requests_to_every_operation_with_every_fault()
    {
        var (_, requests) = await PrepareAsync(seed: 7);
        var (_, again) = await PrepareAsync(seed: 7);
        var made = Enumerable.Range(0, Requests).Select(requests.Make).ToList();
        var operations = ApiOperation.In(await fixture.Api.GetAsync("/openapi/v1.json"));

        Assert.All(made.Take(100), request => Assert.True(request.Bytes.Span.SequenceEqual(again.Make(request.Number).Bytes.Span)));
        Assert.Equal(operations.Select(operation => operation.Name).Order(StringComparer.Ordinal), made.Select(request => request.Operation).Distinct().Order(StringComparer.Ordinal));
        Assert.True(made.Select(request => request.Fault).Distinct().Count() > 100);
    }

    private async Task<(RawHttp Http, MalformedRequests Requests)> PrepareAsync(int seed)
    {
        // The same for the same seed, and so also the conversation's id: one that nobody has will do for that.
        var http = new RawHttp(fixture.Product.Address);
        var conversation = seed == 7 ? "conv_01k9xf2q6r3m8t5v0w7y1z4b2c" : await fixture.Api.CreateAsync(new { model = "demo" });
        var things = await ThingsAsync(conversation, fixture.Api);
        return (http, new MalformedRequests(ApiOperation.In(await fixture.Api.GetAsync("/openapi/v1.json")), things, http.Host, seed));
    }

    private static async Task<Dictionary<string, string>> ThingsAsync(string conversation, ChatApi api)
    {
        JsonElement operations = await api.GetAsync("/openapi/v1.json");
        var names = ApiOperation.In(operations).SelectMany(operation => operation.InPath).Distinct(StringComparer.Ordinal);
        return names.ToDictionary(name => name, name => name is "id" or "conversation" ? conversation : "msg_2", StringComparer.Ordinal);
    }
}
