using OrleansChat.Models;
using OrleansChat.Models.OpenAI;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.OpenAI;

/// <summary>A client and the server that it talks to. The client's clock stands still, so no time-out can help a test along.</summary>
public abstract class OpenAiTests : IAsyncLifetime
{
    /// <summary>How long a test waits for what should come at once.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    protected ModelServer Server { get; private set; } = null!;

    protected ManualTimeProvider Time { get; } = new();

    private protected OpenAiChatClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ModelServer.StartAsync();
        Client = CreateClient(Server.Endpoint);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    private protected OpenAiChatClient CreateClient(Uri endpoint, string? apiKey = "sk-test") =>
        new(new ModelOptions { Endpoint = endpoint, ApiKey = apiKey, Model = "test-model" }, Time);

    protected Task<CollectedReply> AskAsync(ModelScript script)
    {
        Server.Enqueue(script);
        return CollectedReply.AskAsync(Client, "Hi").WaitAsync(Soon);
    }
}
