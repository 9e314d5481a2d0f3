using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Many talkers on one store through one group commit, as on a silo.</summary>
internal sealed class Conversations : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly IConversationStore store;
    private readonly JournalWriter writer;
    private readonly Talker[] talkers;
    private readonly Task talking;

    public Conversations(IConversationStore store, int count)
    {
        this.store = store;
        writer = new JournalWriter(store, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        talkers = [.. Enumerable.Range(0, count).Select(_ => new Talker(store, writer, OwnerId.Local))];
        talking = Task.WhenAll(talkers.Select(talker => Task.Run(() => talker.TalkAsync(stop.Token))));
    }

    /// <summary>Returns when each of them has had so many more appends acknowledged.</summary>
    public Task CommittedAsync(int appends) => WaitAsync(talker => talker.Committed.GrowAsync(appends));

    /// <summary>Returns when so many more attempts of each have failed.</summary>
    public Task FailedAsync(int attempts) => WaitAsync(talker => talker.Failed.GrowAsync(attempts));

    /// <summary>Ends the talk, and checks that the journals have what was acknowledged: all of it, once, in order, and nothing else.</summary>
    public async Task EndAndCheckAsync()
    {
        await stop.CancelAsync();
        await talking;
        foreach (var talker in talkers)
        {
            Assert.Equal(talker.Script.Lines, await store.ReadLinesAsync(talker.Script.Key));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        stop.Dispose();
        await writer.DisposeAsync();
    }

    private Task WaitAsync(Func<Talker, Task> condition) =>
        Task.WhenAny(Task.WhenAll(talkers.Select(condition)), talking).Unwrap().WaitAsync(TimeSpan.FromSeconds(60));
}
