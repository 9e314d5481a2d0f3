using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>A conversation that goes on and on, and tries each append again until it is committed, as the product does.</summary>
internal sealed class Talker(IConversationStore store, JournalWriter writer, OwnerId owner)
{
    private const int AppendsPerReply = 15;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What it has said. Each line was acknowledged, once the task of <see cref="TalkAsync"/> is done.</summary>
    public ConversationScript Script { get; } = new(new ConversationKey(owner, ConversationId.New(TimeProvider.System)));

    /// <summary>Appends that were acknowledged.</summary>
    public Counter Committed { get; } = new();

    /// <summary>Attempts that failed.</summary>
    public Counter Failed { get; } = new();

    /// <summary>Talks until it is told to stop, and finishes its sentence.</summary>
    public async Task TalkAsync(CancellationToken stop)
    {
        Script.Created();
        while (!stop.IsCancellationRequested)
        {
            await CommitAsync(Script.Asked().Started().Take());
            for (var i = 0; i < AppendsPerReply; i++)
            {
                await CommitAsync(Script.Said($"{i} ", "and ").Take());
            }

            await CommitAsync(Script.Completed().Take());
            await CompactAsync();
        }
    }

    private async Task CommitAsync(JournalAppend append)
    {
        while (true)
        {
            switch (await writer.AppendAsync(append))
            {
                case AppendOutcome.Committed:
                    Committed.Increment();
                    return;
                case AppendOutcome.Failed failed:
                    Assert.IsNotType<InvalidOperationException>(failed.Cause);
                    Failed.Increment();
                    await Task.Delay(Pause);
                    break;
                case var other:
                    throw new InvalidOperationException($"The only writer of {append.Key} got {other} at {append.ExpectedHead}.");
            }
        }
    }

    private async Task CompactAsync()
    {
        try
        {
            await store.CompactAsync(Script.Key, default);
        }
        catch (StorageUnavailableException)
        {
            // The next reply's end does it.
        }
    }
}
