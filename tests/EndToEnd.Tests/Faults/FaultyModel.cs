using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;

namespace OrleansChat.EndToEnd.Tests.Faults;

/// <summary>A configured model of the product: a recorded upstream behind a proxy that breaks what it answers.</summary>
public sealed class FaultyModel : IAsyncDisposable
{
    /// <summary>Starts both.</summary>
    public FaultyModel(string name, Recording recording)
    {
        Name = name;
        Recording = recording;
        Upstream.Respond = _ => new RecordedAnswer(recording, Fault.None);
        Proxy = new FaultProxy(Upstream.Endpoint);
    }

    /// <summary>The key that the product sends, which it may show nobody.</summary>
    public const string Key = "sk-end-to-end-secret";

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>What it always answers.</summary>
    public Recording Recording { get; }

    /// <summary>What answers.</summary>
    public RecordedUpstream Upstream { get; } = new();

    /// <summary>What stands between.</summary>
    public FaultProxy Proxy { get; }

    private string Provider => Recording.Protocol switch
    {
        ProviderProtocol.Responses => "openai-responses",
        ProviderProtocol.Messages => "anthropic",
        _ => "openai",
    };

    /// <summary>
    /// The settings that make it a model of the product. The times are short, for stalls, but long for a busy machine: a request that is given
    /// up while it connects would leave its connection, and so its fault, to the next.
    /// </summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ($"Models__{Name}__Provider", Provider),
        ($"Models__{Name}__Model", "test-model"),
        ($"Models__{Name}__TakeOver", "Restart"),
        ($"Models__{Name}__Endpoint", Proxy.Endpoint.ToString()),
        ($"Models__{Name}__ApiKey", Key),

        // What becomes of one request is to be seen, not what retries make of it.
        ($"Models__{Name}__Retry__Attempts", "1"),
        ($"Models__{Name}__CircuitBreaker__Failures", "0"),
        ($"Models__{Name}__FirstTokenTimeout", "00:00:05"),
        ($"Models__{Name}__SilenceTimeout", "00:00:02"),
    ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
