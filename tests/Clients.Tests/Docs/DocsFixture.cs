using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.Docs;

/// <summary>The product as somebody finds it who reads the pages: without a setting, but that its demo model is fast.</summary>
public sealed class DocsFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory data = new();
    private ProductProcess? product;

    /// <summary>Its address.</summary>
    public Uri Address => product!.Api.Http.BaseAddress!;

    /// <inheritdoc />
    public async Task InitializeAsync() => product = await ProductProcess.StartAsync(data.Path, ("Models__demo__TokensPerSecond", "2000"));

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        await product!.DisposeAsync();
        data.Dispose();
    }
}
