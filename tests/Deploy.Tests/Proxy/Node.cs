using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.Deploy.Tests.Proxy;

/// <summary>The product as a node behind the proxy, with conversations of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly TemporaryDirectory directory;
    private readonly ProductProcess product;

    private Node(TemporaryDirectory data, ProductProcess process) => (directory, product) = (data, process);

    /// <summary>Where it is.</summary>
    public Uri Address => product.Api.Http.BaseAddress!;

    /// <summary>Starts one.</summary>
    public static async Task<Node> StartAsync(ModelServer model)
    {
        // As it is deployed. Where nobody signs in a node answers to names of its own machine only, and so not to the proxy's checks.
        var data = new TemporaryDirectory();
        await SharedKey.PutAsync(data.Path);
        return new Node(data, await ProductProcess.StartAsync(
            data.Path,
            ("Models__scripted__Provider", "openai"),
            ("Models__scripted__Endpoint", model.Endpoint.ToString()),
            ("Models__scripted__Model", "scripted-1"),
            ("Models__Default", "scripted"),

            // Those who ask here ask as fast as they can, all with one key.
            ("Limits__Owner__RequestsPerMinute", "0")));
    }

    /// <inheritdoc cref="ProductProcess.KillAsync"/>
    public Task KillAsync() => product.KillAsync();

    /// <inheritdoc cref="ProductProcess.StopAsync"/>
    public Task<int> StopAsync() => product.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        directory.Dispose();
    }
}
