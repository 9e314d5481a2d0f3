using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Responses;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Models.Responses;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Responses;

/// <summary>A client and the server that it talks to. The client's clock moves only when a test moves it.</summary>
public abstract class ResponsesTests : IAsyncLifetime
{
    /// <summary>How long a test waits for what should come at once.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    protected ResponsesServer Server { get; private set; } = null!;

    protected ManualTimeProvider Time { get; } = new();

    private protected ResponsesChatClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ResponsesServer.StartAsync();
        Client = CreateClient();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    private protected ResponsesChatClient CreateClient(string? apiKey = "sk-test", int? maxOutputTokens = null, bool reasoningSummaries = false) => new(
        new ModelOptions
        {
            Endpoint = Server.Endpoint,
            ApiKey = apiKey,
            Model = "test-model",
            MaxOutputTokens = maxOutputTokens,
            ReasoningSummaries = reasoningSummaries,
        },
        Time);

    /// <summary>Asks, in the background if so wished, and reads to the end.</summary>
    protected Task<CollectedReply> AskAsync(bool isBackground, ResponseContinuationToken? token = null, CancellationToken cancellationToken = default) =>
        CollectedReply.FromAsync(Client.GetStreamingResponseAsync(
            [new ChatMessage(ChatRole.User, "Hi")],
            new ChatOptions { AllowBackgroundResponses = isBackground, ContinuationToken = token },
            cancellationToken)).WaitAsync(TestLimits.Signal, CancellationToken.None);

    /// <summary>Lets every pause pass that the client comes to, until something is done.</summary>
    protected async Task PassPausesUntilAsync(Task done)
    {
        while (await Task.WhenAny(done, Time.WaitForTimersAsync()).WaitAsync(TestLimits.Signal) != done)
        {
            Time.Advance(TimeSpan.FromSeconds(4));
        }

        await done;
    }
}
