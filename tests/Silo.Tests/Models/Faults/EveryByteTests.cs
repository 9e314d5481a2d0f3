using Xunit.Abstractions;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>
/// What every test here shows for every dialect and every byte: never complete without the model's end signal, complete with it, the text an
/// exact prefix, one request. A class for each fault, so that they run side by side.
/// </summary>
public abstract class EveryByteTests(ITestOutputHelper output)
{
    public static TheoryData<string> Dialects => [.. ProviderClients.Dialects];

    private protected ITestOutputHelper Output { get; } = output;
}
