using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Npm;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.Runs;

/// <summary>The product, and scripts that talk to it with the packages that people have.</summary>
public sealed class ClientsFixture : IAsyncLifetime
{
    // Some clients send other parameters for names that they know.
    private readonly ProductFixture product = new() { More = [("Models__gpt-5__Provider", "demo"), ("Models__gpt-5__TokensPerSecond", "2000")] };

    /// <summary>The model behind the product's default model. Its other model, <c>demo</c>, is there too, and fast; and once more as <c>gpt-5</c>.</summary>
    public ModelServer Model => product.Model;

    /// <summary>The product.</summary>
    public ProductProcess Product => product.Product;

    /// <summary>The product's native API.</summary>
    public ChatApi Api => product.Api;

    /// <summary>Runs a script with Node 22 and waits for its end, which must be a good one.</summary>
    /// <param name="script">Its file in <c>tests/Clients</c>.</param>
    /// <param name="values">
    /// What its environment tells it beside <c>BASE_URL</c>, the product's address. <c>PACKAGES</c> says which packages it gets under
    /// the names that their users know: <c>openai=openai6,ai=ai5</c>.
    /// </param>
    /// <returns>Everything that it wrote.</returns>
    public Task<string> RunAsync(string script, params IEnumerable<(string Name, string Value)> values) =>
        RunAsync(NodeVersion.Node22, script, values);

    /// <inheritdoc cref="RunAsync(string, IEnumerable{ValueTuple{string, string}})"/>
    /// <param name="node">What runs it.</param>
    public async Task<string> RunAsync(NodeVersion node, string script, params IEnumerable<(string Name, string Value)> values)
    {
        await using var run = Start(node, script, values);
        return await run.EndAsync();
    }

    /// <summary>Starts a script, of which the test has something to see before it ends.</summary>
    /// <inheritdoc cref="RunAsync(NodeVersion, string, IEnumerable{ValueTuple{string, string}})" path="/param"/>
    public ClientRun Start(NodeVersion node, string script, params IEnumerable<(string Name, string Value)> values) =>
        NodeScript.Start(node, Path.Combine(ClientPackages.Scripts, script), Api.Http.BaseAddress!, values);

    /// <inheritdoc />
    public Task InitializeAsync() => product.InitializeAsync();

    /// <inheritdoc />
    public Task DisposeAsync() => product.DisposeAsync();
}
