using OrleansChat.Models;
using OrleansChat.Models.Anthropic;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Anthropic;

/// <summary>A client and the server that it talks to. The client's clock stands still, so no time-out can help a test along.</summary>
public abstract class AnthropicTests : IAsyncLifetime
{
    /// <summary>How long a test waits for what should come at once.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    protected ModelServer Server { get; private set; } = null!;

    protected ManualTimeProvider Time { get; } = new();

    private protected AnthropicChatClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ModelServer.StartAsync();
        Client = CreateClient();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    private protected AnthropicChatClient CreateClient(
        Uri? endpoint = null, string? apiKey = "sk-ant-test", int? maxOutputTokens = null, int? thinkingTokens = null) => new(
        new ModelOptions
        {
            Endpoint = endpoint ?? Server.Endpoint,
            ApiKey = apiKey,
            Model = "test-model",
            MaxOutputTokens = maxOutputTokens,
            ThinkingTokens = thinkingTokens,
        },
        Time);

    protected Task<CollectedReply> AskAsync(ModelScript script)
    {
        Server.Enqueue(script);
        return CollectedReply.AskAsync(Client, "Hi").WaitAsync(Soon);
    }
}
