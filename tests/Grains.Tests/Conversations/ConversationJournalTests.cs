using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Grains.Tests.Journal;
using OrleansChat.Journal;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Conversations;

public sealed class ConversationJournalTests : IAsyncLifetime
{
    private readonly GatedStore store = new();
    private readonly ManualTimeProvider clock = new();
    private readonly List<EventBlock> told = [];
    private readonly List<EventBlock> committed = [];
    private readonly JournalWriter writer;
    private readonly ConversationJournal journal;

    public ConversationJournalTests()
    {
        writer = new JournalWriter(store, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        journal = new ConversationJournal(
            new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)), 3, writer, clock, told.Add, (_, block) => committed.Add(block));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        journal.Dispose();
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_told_before_it_is_durable()
    {
        journal.Add(Blocks.Delta(4, "msg_3", "a"));
        var commit = journal.CommitAsync();
        var gate = await store.NextCommitAsync();

        Assert.Empty(committed);
        Assert.False(commit.IsCompleted);
        gate.Succeed();
        await commit;

        Assert.Equal(["4 ReplyDelta"], committed.Single().Outline());
    }

    [Fact]
    public async Task What_comes_during_an_append_goes_together_as_the_next()
    {
        journal.Add(Blocks.Delta(4, "msg_3", "a"));
        var first = journal.CommitAsync();
        var gate = await store.NextCommitAsync();
        journal.Add(Blocks.Delta(5, "msg_3", "b"));
        var second = journal.CommitAsync();
        journal.Add(Blocks.Completed(6, "msg_3"));
        var third = journal.CommitAsync();

        gate.Succeed();
        await first;
        var next = await store.NextCommitAsync();
        Assert.Equal(["5 ReplyDelta", "6 ReplyCompleted"], next.Appends.Single().Block.Outline());
        Assert.Equal(4, next.Appends.Single().ExpectedHead);
        next.Succeed();
        await Task.WhenAll(second, third);
    }

    [Fact]
    public async Task Fenced_off_everything_that_waits_fails_and_nothing_is_taken_any_more()
    {
        journal.Add(Blocks.Delta(4, "msg_3", "a"));
        var first = journal.CommitAsync();
        var gate = await store.NextCommitAsync();
        journal.Add(Blocks.Delta(5, "msg_3", "b"));
        var second = journal.CommitAsync();

        gate.End(new AppendOutcome.Fenced(9));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => first);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => second);
        Assert.Throws<StorageUnavailableException>(() => journal.Add(Blocks.Delta(6, "msg_3", "c")));
        await Assert.ThrowsAsync<StorageUnavailableException>(journal.CommitAsync);
        Assert.True(journal.IsBroken);
        Assert.Empty(committed);
    }

    [Fact]
    public async Task A_store_that_comes_back_gets_the_same_append_again()
    {
        journal.Add(Blocks.Delta(4, "msg_3", "a"));
        var commit = journal.CommitAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await store.NextCommitAsync()).End(new AppendOutcome.Failed(new IOException("away")));
            await clock.WaitForTimersAsync(1);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await store.NextCommitAsync()).Succeed();
        await commit;

        Assert.Equal(["4 ReplyDelta"], committed.Single().Outline());
    }

    [Fact]
    public async Task A_store_that_stays_away_is_given_up_after_twenty_seconds()
    {
        journal.Add(Blocks.Delta(4, "msg_3", "a"));
        var commit = journal.CommitAsync();
        var attempts = 0;
        while (!commit.IsCompleted)
        {
            (await store.NextCommitAsync()).End(new AppendOutcome.Failed(new IOException("away")));
            attempts++;
            if (await Task.WhenAny(commit, clock.WaitForTimersAsync(1)) != commit)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => commit);
        Assert.IsType<IOException>(error.Cause);
        Assert.InRange(attempts, 20, 22);
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_what_is_durable_and_the_next_append_goes_without_him()
    {
        journal.Add(Blocks.Delta(4, "msg_3", "a"));
        journal.Commit();
        var gate = await store.NextCommitAsync();
        journal.Add(Blocks.Delta(5, "msg_3", "b"));
        journal.Commit();
        Assert.Equal(1, journal.PendingCount);
        Assert.Empty(told);

        gate.Succeed();
        gate = await store.NextCommitAsync();

        // The grain has had no turn yet.
        Assert.Equal(["4 ReplyDelta"], told.Single().Outline());
        Assert.Empty(committed);
        Assert.Equal((0, false), (journal.PendingCount, journal.IsDurable));
        gate.Succeed();
        await journal.CommitAsync();
        Assert.Equal(told, committed);
        Assert.Equal(2, told.Count);
        Assert.True(journal.IsDurable);
    }

    [Fact]
    public async Task Who_does_not_wait_learns_that_the_journal_broke()
    {
        var broke = new TaskCompletionSource();
        journal.OnBroken = broke.SetResult;
        journal.Add(Blocks.Delta(4, "msg_3", "a"));
        journal.Commit();

        (await store.NextCommitAsync()).End(new AppendOutcome.Fenced(9));

        await broke.Task.WaitAsync(TestLimits.Signal);
        Assert.True(journal.IsBroken);
        Assert.True(journal.IsFenced);
        journal.Commit();
        await Assert.ThrowsAsync<StorageUnavailableException>(journal.CommitAsync);
    }

    [Fact]
    public void Events_are_numbered_without_a_gap()
    {
        Assert.Equal(4, journal.NextSequence);
        Assert.Throws<InvalidOperationException>(() => journal.Add(Blocks.Delta(5, "msg_3", "a")));
    }
}
