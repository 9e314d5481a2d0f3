using OrleansChat.Testing.Models;
using OrleansChat.Testing.Secrecy;
using Xunit;

namespace OrleansChat.Testing.Product;

/// <summary>
/// The product as a process of its own, with a model server that the test scripts as its default model, the same as the model
/// <c>impatient</c>, and the built-in demo model beside them, made fast.
/// </summary>
public sealed class ProductFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();

    /// <summary>Settings beside those of the models.</summary>
    public IReadOnlyList<(string Name, string Value)> More { get; init; } = [];

    /// <summary>The product.</summary>
    public ProductProcess Product { get; private set; } = null!;

    /// <summary>The model behind it.</summary>
    public ModelServer Model { get; private set; } = null!;

    /// <summary>The product's API.</summary>
    public ChatApi Api => Product.Api;

    /// <summary>Where it keeps its data.</summary>
    public string DataDirectory => directory.Path;

    /// <summary>The settings that point a product at a model server, and let it be silent for as long as a test stands at a gate.</summary>
    /// <param name="model">The model server.</param>
    /// <param name="takeOver">What becomes of its replies when the product is gone.</param>
    public static (string Name, string Value)[] SettingsFor(ModelServer model, string takeOver = "Restart") =>
    [
        ("Models__scripted__Provider", "openai"),
        ("Models__scripted__Endpoint", model.Endpoint.ToString()),
        ("Models__scripted__ApiKey", "test-key-of-the-scripted-model"),
        ("Models__scripted__Model", "scripted-1"),
        ("Models__scripted__SilenceTimeout", "00:10:00"),

        // One script is one reply here, however it goes.
        ("Models__scripted__Retry__Attempts", "1"),
        ("Models__scripted__CircuitBreaker__Failures", "0"),
        ("Models__scripted__TakeOver", takeOver),
        ("Models__Default", "scripted"),
        ("Models__demo__TokensPerSecond", "2000"),
    ];

    // The same server as a model whose silence ends a reply soon.
    private IEnumerable<(string Name, string Value)> Impatient =>
    [
        .. SettingsFor(Model).Where(setting => setting.Name.StartsWith("Models__scripted__", StringComparison.Ordinal))
            .Select(setting => (setting.Name.Replace("scripted", "impatient", StringComparison.Ordinal), setting.Value)),
        ("Models__impatient__SilenceTimeout", "00:00:02"),
    ];

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Model = await ModelServer.StartAsync();
        Product = await ProductProcess.StartAsync(DataDirectory, [.. SettingsFor(Model), .. Impatient, .. More, .. await SharedCollector.SettingsAsync()]);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        await Model.DisposeAsync();
        directory.Dispose();
    }
}
