using OrleansChat.Testing.Abuse.Malformed;

namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>Requests with something wrong in each.</summary>
internal sealed class Malformed : IScenario
{
    public string Name => "malformed";

    public string Deed =>
        "Requests to every operation of every dialect, each with a fault: depth, size, encodings, lone surrogates, types, properties twice, ids, queries, headers, framing, chunks. Only 4xx is right.";

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        var conversation = await server.Product.Api.CreateAsync();
        var operations = ApiOperation.In(await server.Product.Api.GetAsync("/openapi/v1.json"));
        var things = operations.SelectMany(operation => operation.InPath).Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => name is "id" or "conversation" ? conversation : "msg_2", StringComparer.Ordinal);
        var requests = new MalformedRequests(operations, things, server.Raw.Host, options.Seed);
        await new MalformedRun().SendAsync(server.Raw, requests, options.Requests / 10);

        var run = new MalformedRun();
        await server.WatchAsync(() => run.SendAsync(server.Raw, requests, options.Requests), [200], TimeSpan.FromSeconds(5));

        server.Note($"{options.Requests} requests of seed {options.Seed} to {operations.Length} operations: {string.Join(", ", run.Statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} × {status.Key}"))}.");
        server.Expect(run.Wrong.Count == 0, $"{run.Wrong.Count} were not answered with 4xx, such as {run.Wrong.FirstOrDefault()}");
    }
}
