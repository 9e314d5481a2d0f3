using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Routing;

/// <summary>The product, and three servers that its models are on.</summary>
public sealed class RoutingFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();

    /// <summary>The product.</summary>
    public ProductProcess Product { get; private set; } = null!;

    /// <summary>Its API.</summary>
    public ChatApi Api => Product.Api;

    /// <summary>Where most requests go first.</summary>
    public ModelServer First { get; private set; } = null!;

    /// <summary>The other endpoint of a model that has two.</summary>
    public ModelServer Second { get; private set; } = null!;

    /// <summary>Where the model is that stands in.</summary>
    public ModelServer Spare { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        First = await ModelServer.StartAsync();
        Second = await ModelServer.StartAsync();
        Spare = await ModelServer.StartAsync();
        Product = await ProductProcess.StartAsync(
            directory.Path,
            [
                .. Model("single", ("Endpoint", $"{First.Endpoint}"), ("CircuitBreaker:Failures", "0")),
                .. Model("impatient", ("Endpoint", $"{First.Endpoint}"), ("CircuitBreaker:Failures", "0"), ("FirstTokenTimeout", "00:00:01"), ("Fallbacks", "spare")),
                .. Model("short", ("Endpoint", $"{First.Endpoint}"), ("CircuitBreaker:Failures", "0"), ("TotalTimeout", "00:00:02")),
                .. Model("backed", ("Endpoint", $"{First.Endpoint}"), ("CircuitBreaker:Failures", "0"), ("Fallbacks", "spare")),
                .. Model("pair", ("Endpoints:0:Endpoint", $"{First.Endpoint}"), ("Endpoints:0:Weight", "1000"), ("Endpoints:1:Endpoint", $"{Second.Endpoint}"), ("CircuitBreaker:Failures", "3")),
                .. Model("fragile", ("Endpoint", $"{First.Endpoint}"), ("CircuitBreaker:Failures", "2"), ("CircuitBreaker:Break", "00:00:02"), ("Retry:Attempts", "1")),
                .. Model("spare", ("Endpoint", $"{Spare.Endpoint}"), ("CircuitBreaker:Failures", "0")),
                .. Model("nowhere", ("Endpoint", "http://127.0.0.1:1/v1"), ("CircuitBreaker:Failures", "0"), ("Fallbacks", "spare")),
            ]);
    }

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Spare.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>Asks a model in a conversation of its own, and reads the reply to its end.</summary>
    public async Task<SseConnection> AskAsync(string model)
    {
        var conversation = await Api.CreateAsync(new { model });
        using var reader = await Api.SendAndFollowAsync(conversation, "go");
        return await reader.ToEndAsync();
    }

    private static IEnumerable<(string Name, string Value)> Model(string name, params IEnumerable<(string Name, string Value)> settings) =>
        new[] { ("Provider", "openai"), ("Retry:Delay", "00:00:00.02") }.Concat(settings)
            .Select(setting => ($"Models__{name}__{setting.Item1.Replace(":", "__", StringComparison.Ordinal)}", setting.Item2));
}
