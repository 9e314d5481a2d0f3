using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Orleans.Core.Internal;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>Several callers do everything at once to the same conversations, which now and then change silos.</summary>
public class ManyHandsTests
{
    private const int Conversations = 8;
    private const int Callers = 5;
    private const int Commands = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(TakeOver.Continue)]
    [InlineData(TakeOver.Restart)]
    [InlineData(TakeOver.Interrupt)]
    public async Task However_they_meet_every_request_happens_once_and_every_reply_ends_once(TakeOver takeOver)
    {
        var seed = Random.Shared.Next();
        await using var cluster = await ChatCluster.StartAsync(takeOver: takeOver);
        using var done = new CancellationTokenSource();
        var talking = TalkAsync(cluster, new Random(seed), done.Token);
        var conversations = Enumerable.Range(0, Conversations).Select(i => new Hands(cluster, unchecked(seed + i))).ToArray();

        try
        {
            await Task.WhenAll(conversations.Select(hands => Task.Run(hands.RunAsync))).WaitAsync(Patience);
            foreach (var hands in conversations)
            {
                await hands.CheckAsync();
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"With seed {seed}: {e.Message}", e);
        }

        await done.CancelAsync();
        await talking;
    }

    // The model says a few words to whoever asks, and then ends well, or not.
    private static async Task TalkAsync(ChatCluster cluster, Random random, CancellationToken done)
    {
        try
        {
            while (true)
            {
                var reply = await cluster.Model.NextReplyAsync().WaitAsync(done);
                for (var i = random.Next(6); i > 0; i--)
                {
                    reply.Emit("word ");
                    await Task.Yield();
                }

                if (random.Next(5) == 0)
                {
                    reply.Fail();
                }
                else
                {
                    reply.Complete();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // Nobody asks any more.
        }
    }

    private sealed class Hands(ChatCluster cluster, int seed)
    {
        private readonly ConversationId id = ConversationId.New(TimeProvider.System);
        private readonly ConcurrentDictionary<string, SendResult> answers = new(StringComparer.Ordinal);
        private readonly ConcurrentBag<string> unqueued = [];

        private IConversationGrain Grain => cluster.Grain(id.Value);

        public async Task RunAsync()
        {
            await Grain.Create(OwnerId.Local, new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []));
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));
            await UntilIdleAsync();
        }

        public async Task CheckAsync()
        {
            var state = new ConversationState(id);
            var requests = new List<string>();
            foreach (var next in await ReadAsync())
            {
                if (state.Reply is null && state.Queue.Count > 0)
                {
                    // At once the first in line, or whoever has interrupted.
                    var started = next switch { MessageCreated e => e.Message, ReplyStarted e => e.Message, _ => null };
                    Assert.Contains(started, new[] { state.Queue[0].Id, $"msg_{next.Sequence}" });
                }

                requests.AddRange(new[] { (next as MessageCreated)?.Request, (next as ReplyStarted)?.Request, (next as MessageQueued)?.Request }.OfType<string>());
                state.Apply(next);
            }

            Assert.Null(state.Reply);
            Assert.Empty(state.Queue);
            Assert.Empty(requests.GroupBy(request => request, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key));
            Assert.Equal(
                answers.Where(answer => answer.Value is SendResult.Accepted or SendResult.Queued or SendResult.Unqueued).Select(answer => answer.Key).Order(StringComparer.Ordinal),
                requests.Order(StringComparer.Ordinal));
            foreach (var (request, answer) in answers)
            {
                if (answer is SendResult.Accepted accepted)
                {
                    Assert.Equal(accepted.Message, state.Messages.Find(accepted.Reply)?.Parent);
                }
                else if (answer is SendResult.Queued queued)
                {
                    var waited = queued.Reply ?? queued.Message;
                    Assert.True(
                        unqueued.Contains(waited) != (state.Messages.Find(waited) is not null),
                        $"{waited} of {request} neither started nor was taken out.");
                }
            }
        }

        private async Task<IEnumerable<ConversationEvent>> ReadAsync()
        {
            var lines = await cluster.Store.ReadLinesAsync(new ConversationKey(OwnerId.Local, id));
            return lines.Select(line => EventJson.Parse(Encoding.UTF8.GetBytes(line)));
        }

        private async Task CallAsync(int caller)
        {
            var random = new Random(unchecked(seed + (caller * 1_000_003)));
            for (var i = 0; i < Commands; i++)
            {
                var key = $"{caller}-{i}";
                var busy = (BusyPolicy)random.Next(4);
                switch (random.Next(12))
                {
                    case < 6:
                        answers[key] = await PatientlyAsync(() => Grain.Send(OwnerId.Local, new SendMessage(key, null, key) { OnBusy = busy }));
                        break;
                    case 6 when await AnyMessageAsync(random) is { } message:
                        answers[key] = await PatientlyAsync(() =>
                            Grain.Regenerate(OwnerId.Local, new RegenerateReply(message, null) { Request = key, OnBusy = busy }));
                        break;
                    case 7 when await AnyMessageAsync(random) is { } message:
                        await PatientlyAsync(() => Grain.MoveHead(OwnerId.Local, new MoveHead(message, random.Next(2) == 0, [])));
                        break;
                    case 8:
                        await PatientlyAsync(() => Grain.Cancel(OwnerId.Local, new CancelReply()));
                        break;
                    case 9:
                        var now = await PatientlyAsync(() => Grain.Get(OwnerId.Local));
                        await PatientlyAsync(() => Grain.Cancel(OwnerId.Local, new CancelReply(now!.Sequence)));
                        break;
                    case 10:
                        var queue = await PatientlyAsync(() => Grain.GetQueue(OwnerId.Local));
                        if (queue!.Messages is [.., var last] && await PatientlyAsync(() => Grain.Unqueue(OwnerId.Local, last.Id)))
                        {
                            unqueued.Add(last.Id);
                        }

                        break;
                    case 11 when random.Next(4) == 0:
                        await PatientlyAsync(async () =>
                        {
                            await Grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
                            return true;
                        });
                        break;
                }
            }
        }

        private async Task<string?> AnyMessageAsync(Random random)
        {
            var page = await PatientlyAsync(() => Grain.GetMessages(OwnerId.Local, new MessagesQuery(100) { AllBranches = true, NewestFirst = true }));
            return Assert.IsType<MessagesResult.Page>(page).Messages is { Length: > 0 } messages ? messages[random.Next(messages.Length)].Id : null;
        }

        private async Task UntilIdleAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while ((await PatientlyAsync(() => Grain.Get(OwnerId.Local)))!.Status != ConversationStatus.Idle)
            {
                await timer.WaitForNextTickAsync();
            }
        }

        // As the API does: what is away for a moment is asked again, as the same request.
        private static async Task<T> PatientlyAsync<T>(Func<Task<T>> ask)
        {
            while (true)
            {
                try
                {
                    return await ask();
                }
                catch (Exception e) when (e is StorageUnavailableException or ConversationMovingException or OrleansException or TimeoutException or OperationCanceledException)
                {
                    await Task.Yield();
                }
            }
        }
    }
}
