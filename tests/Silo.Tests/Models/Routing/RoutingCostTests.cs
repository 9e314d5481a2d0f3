using Microsoft.Extensions.AI;

namespace OrleansChat.Silo.Tests.Models.Routing;

public sealed class RoutingCostTests : RoutingTests
{
    [Fact]
    public async Task Token_CostsNoAllocation()
    {
        await MeasureAsync(10_000);
        var few = await MeasureAsync(1_000);
        var many = await MeasureAsync(101_000);

        Assert.InRange((many - few) / 100_000d, -1, 1);
    }

    private async Task<long> MeasureAsync(int tokens)
    {
        using var client = Client(Model("test", 1, new RepeatingChatClient(tokens)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = 0;
        await foreach (var update in client.GetStreamingResponseAsync([]))
        {
            read += update.Contents.Count;
        }

        Assert.Equal(tokens, read);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Sends one and the same update, at once, so that all of it runs on one thread.
    private sealed class RepeatingChatClient(int tokens) : IChatClient
    {
#pragma warning disable CS1998 // It never waits.
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
#pragma warning restore CS1998
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var update = new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("token")]);
            for (var i = 0; i < tokens; i++)
            {
                update.FinishReason = i == tokens - 1 ? ChatFinishReason.Stop : null;
                yield return update;
            }
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
