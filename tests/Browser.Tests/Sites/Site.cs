using System.Runtime.CompilerServices;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Networks;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.Browser.Tests.Sites;

/// <summary>
/// The product as a process of its own, at an address that stays when it is killed and started again, with a model that the test
/// scripts as its default model, and the built-in demo model beside it.
/// </summary>
public class Site : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();

    /// <summary>The model behind it.</summary>
    public ModelServer Model { get; private set; } = null!;

    /// <summary>The product that runs at present.</summary>
    public ProductProcess Product { get; private set; } = null!;

    /// <summary>What is between it and the visitors.</summary>
    public Network Network { get; private set; } = null!;

    /// <summary>The product's API, past <see cref="Network"/>.</summary>
    public ChatApi Api => Product.Api;

    /// <summary>Where it keeps its data.</summary>
    public string DataDirectory => directory.Path;

    /// <summary>Its settings.</summary>
    protected virtual IEnumerable<(string Name, string Value)> Settings =>
    [
        .. ProductFixture.SettingsFor(Model, takeOver: "Continue"),
        .. OtherModel("restarting", "Restart"),
        .. OtherModel("interrupting", "Interrupt"),
        ("Titles__Enabled", "true"),
        ("Titles__Model", "demo"),
    ];

    /// <summary>Somebody visits the page.</summary>
    /// <param name="steps">What he does.</param>
    /// <param name="options">What he comes with.</param>
    /// <param name="test">The test, by whose name evidence is kept.</param>
    public Task VisitAsync(Func<ChatPage, Task> steps, VisitOptions? options = null, [CallerMemberName] string test = "") =>
        Visit.RunAsync(Network.Address, options ?? VisitOptions.Default, test, steps);

    /// <summary>Starts it again, after it was killed or stopped.</summary>
    public async Task StartAgainAsync()
    {
        await Product.DisposeAsync();
        Product = await ProductProcess.StartAsync(DataDirectory, Settings);
        Network.Server = Product.Api.Http.BaseAddress!;
    }

    /// <inheritdoc />
    public virtual async Task InitializeAsync()
    {
        if (Chromium.Unmet is not null)
        {
            return;
        }

        Model = await ModelServer.StartAsync();
        Product = await ProductProcess.StartAsync(DataDirectory, Settings);
        Network = new Network(Product.Api.Http.BaseAddress!);
    }

    /// <inheritdoc />
    public virtual async Task DisposeAsync()
    {
        if (Chromium.Unmet is null)
        {
            await Network.DisposeAsync();
            await Product.DisposeAsync();
            await Model.DisposeAsync();
        }

        directory.Dispose();
    }

    // The same model server, whose replies become something else when the product is gone.
    private IEnumerable<(string Name, string Value)> OtherModel(string name, string takeOver) =>
    [
        ($"Models__{name}__Provider", "openai"),
        ($"Models__{name}__Endpoint", Model.Endpoint.ToString()),
        ($"Models__{name}__Model", name),
        ($"Models__{name}__Retry__Attempts", "1"),
        ($"Models__{name}__TakeOver", takeOver),
    ];
}
