using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Limits;

/// <summary>The product behind a proxy that says who its callers are, with limits so low that a test comes to them, and other ones for each owner.</summary>
public sealed class LimitsFixture : IAsyncLifetime
{
    private const string ProxySecret = "a-proxy-secret-that-only-this-test-knows";

    private readonly TemporaryDirectory directory = new();
    private readonly List<ChatApi> clients = [];
    private ProductProcess? product;

    /// <summary>The settings by which a proxy is believed.</summary>
    public static (string Name, string Value)[] Proxy { get; } =
        [("Authentication__Proxy__Networks", "127.0.0.0/8"), ("Authentication__Proxy__Secret", ProxySecret)];

    /// <summary>The model behind it.</summary>
    public ModelServer Model { get; private set; } = null!;

    /// <summary>A client of a product, as an owner whom the proxy lets in.</summary>
    public static ChatApi ClientOf(ProductProcess product, string owner)
    {
        var api = new ChatApi(product.Api.Http.BaseAddress!);
        api.Http.DefaultRequestHeaders.Add("X-Proxy-Secret", ProxySecret);
        api.Http.DefaultRequestHeaders.Add("X-Forwarded-User", owner);
        return api;
    }

    /// <summary>The product's API, as an owner.</summary>
    public ChatApi As(string owner)
    {
        var api = ClientOf(product!, owner);
        clients.Add(api);
        return api;
    }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Model = await ModelServer.StartAsync();
        product = await ProductProcess.StartAsync(
            directory.Path,
            [
                .. ProductFixture.SettingsFor(Model),
                .. Proxy,
                ("Limits__Owners__rate__RequestsPerMinute", "5"),
                ("Limits__Owners__replies__ConcurrentReplies", "2"),
                ("Limits__Owners__streams__Connections", "2"),
                ("Limits__Owners__streams__TokensPerDay", "1000000"),
                ("Limits__HistoryMessages", "4"),
                ("Limits__HistoryBytes", "65536"),
                ("Limits__QueuedMessages", "1"),
                ("Limits__MessageLength", "2000"),
                ("Limits__BodyBytes", "20000"),
                ("Limits__ExchangeBytes", "40000"),
                ("Limits__ImportBytes", "60000"),
                ("Limits__MetadataPairs", "1"),
                ("Limits__MetadataValueLength", "10"),
            ]);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        if (product is not null)
        {
            await product.DisposeAsync();
        }

        await Model.DisposeAsync();
        directory.Dispose();
    }
}
