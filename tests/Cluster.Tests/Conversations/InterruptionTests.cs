using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>A reply that is over sooner than whoever interrupted another for it is told that it has begun.</summary>
public class InterruptionTests
{
    private const int Times = 20;

    [Theory]
    [InlineData(BusyPolicy.Interrupt)]
    [InlineData(BusyPolicy.Rollback)]
    public async Task Who_interrupts_once_gets_one_reply_however_soon_it_ends(BusyPolicy policy)
    {
        await using var cluster = await ChatCluster.StartAsync(client: new Impulsive());
        for (var time = 0; time < Times; time++)
        {
            Assert.True(ConversationId.TryParse(await cluster.CreateOnAsync(cluster.Silos.Silos[time % 2]), out var id));
            var grain = cluster.Grain(id.Value);
            Assert.Equal(new SendResult.Accepted("msg_2", "msg_3", 2), await grain.Send(OwnerId.Local, new SendMessage(Impulsive.Wait, null)));

            Assert.Equal(
                new SendResult.Accepted("msg_5", "msg_6", 5),
                await grain.Send(OwnerId.Local, new SendMessage("go on", null, "once") { OnBusy = policy }));

            // What would begin does so in the same append as the end.
            await UntilIdleAsync(grain);
            var lines = await cluster.Store.ReadLinesAsync(new ConversationKey(OwnerId.Local, id));
            Assert.Equal(
                [
                    "conversation.created", "message.created", "reply.started", "reply.cancelled",
                    "message.created", "reply.started", "reply.delta", "reply.completed",
                ],
                lines.Select(line => JsonElement.Parse(line).GetProperty("type").GetString()));
        }
    }

    [Fact]
    public async Task Who_deletes_a_conversation_begins_nothing_that_waits_in_it()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Grain(await cluster.CreateOnAsync(cluster.Silos.Silos[0]));
        await grain.Send(OwnerId.Local, new SendMessage("one", null));
        var running = await cluster.Model.NextReplyAsync();
        await grain.Send(OwnerId.Local, new SendMessage("two", null) { OnBusy = BusyPolicy.Queue });

        Assert.True(await grain.Delete(OwnerId.Local));

        await running.Cancelled;
        Assert.Null(await grain.Get(OwnerId.Local));
        Assert.Single(cluster.Model.Replies);
    }

    private static async Task UntilIdleAsync(IConversationGrain grain)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await grain.Get(OwnerId.Local))!.Status != ConversationStatus.Idle)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>A model that has said everything before anybody has stored that it began, but for one question over which it broods for ever.</summary>
    private sealed class Impulsive : IChatClient
    {
        public const string Wait = "wait";

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            if (messages.Last().Text == Wait)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, "done") { FinishReason = ChatFinishReason.Stop };
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
