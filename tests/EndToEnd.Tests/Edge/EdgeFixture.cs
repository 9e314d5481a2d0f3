using OrleansChat.Testing;
using OrleansChat.Testing.Abuse;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Edge;

/// <summary>A product with little room and little patience, and one other website that may use it.</summary>
public sealed class EdgeFixture : IAsyncLifetime
{
    /// <summary>How many connections it takes.</summary>
    public const int Connections = 16;

    /// <summary>How many it takes beyond that, to tell them that there is no room.</summary>
    public const int Reserve = 64;

    /// <summary>The website.</summary>
    public const string Friend = "https://chat.example.org";

    private readonly TemporaryDirectory directory = new();

    /// <summary>The product.</summary>
    public ProductProcess Product { get; private set; } = null!;

    /// <summary>Its API.</summary>
    public ChatApi Api => Product.Api;

    /// <summary>A client that sends what it is told.</summary>
    public RawHttp Raw => new(Product.Address);

    public async Task InitializeAsync() => Product = await ProductProcess.StartAsync(
        directory.Path,
        ("Limits__Connections", $"{Connections}"),
        ("Limits__HeaderTimeout", "00:00:02"),
        ("Limits__BodyGrace", "00:00:02"),
        ("Limits__SlowReaderRate", "100000"),
        ("Limits__SlowReaderGrace", "00:00:02"),
        ("Cors__Origins__0", Friend),
        ("Models__demo__TokensPerSecond", "2000"));

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        directory.Dispose();
    }
}
