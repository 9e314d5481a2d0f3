using OrleansChat.Testing;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Secrecy;

namespace OrleansChat.EndToEnd.Tests.Faults;

/// <summary>The product as a process of its own, with a model in each dialect, none of which can be relied on.</summary>
public sealed class FaultyModelsFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();

    /// <summary>The models.</summary>
    public IReadOnlyList<FaultyModel> Models { get; } =
        [.. RecordedDialects.All.Select((recording, i) => new FaultyModel($"faulty{i}", recording))];

    /// <summary>The product.</summary>
    public ProductProcess Product { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync() =>
        Product = await ProductProcess.StartAsync(directory.Path, [.. Models.SelectMany(model => model.Settings), .. await SharedCollector.SettingsAsync()]);

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        foreach (var model in Models)
        {
            await model.DisposeAsync();
        }

        directory.Dispose();
    }
}
