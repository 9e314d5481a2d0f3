using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Journal;

public class JournalWriterTests
{
    [Fact]
    public async Task Appends_that_arrive_during_a_commit_go_together_in_the_next()
    {
        var store = new GatedStore();
        await using var writer = new JournalWriter(store, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        var first = writer.AppendAsync(NewAppend());
        var commit = await store.NextCommitAsync();
        var others = Enumerable.Range(0, 50).Select(_ => writer.AppendAsync(NewAppend())).ToArray();

        commit.Succeed();
        var next = await store.NextCommitAsync();
        next.Succeed();

        Assert.Single(commit.Appends);
        Assert.Equal(50, next.Appends.Count);
        Assert.IsType<AppendOutcome.Committed>(await first);
        Assert.All(await Task.WhenAll(others), outcome => Assert.IsType<AppendOutcome.Committed>(outcome));
    }

    [Fact]
    public async Task Commits_that_follow_each_other_keep_the_stores_pace_and_take_along_what_comes_meanwhile()
    {
        var clock = new ManualTimeProvider();
        var store = new GatedStore { CommitPeriod = TimeSpan.FromMilliseconds(4) };
        await using var writer = new JournalWriter(store, clock, NullLogger<JournalWriter>.Instance);
        for (var i = 0; i < JournalWriter.CommitBurst; i++)
        {
            var lone = writer.AppendAsync(NewAppend());
            (await store.NextCommitAsync()).Succeed();
            await lone;
        }

        var first = writer.AppendAsync(NewAppend());
        await clock.WaitForTimersAsync();
        var second = writer.AppendAsync(NewAppend());
        Assert.False(store.WasAskedToCommit);
        clock.Advance(TimeSpan.FromMilliseconds(4));
        var commit = await store.NextCommitAsync();
        commit.Succeed();

        Assert.Equal(2, commit.Appends.Count);
        Assert.All(await Task.WhenAll(first, second), outcome => Assert.IsType<AppendOutcome.Committed>(outcome));
    }

    [Fact]
    public async Task Two_appends_to_one_journal_never_share_a_commit()
    {
        var store = new GatedStore();
        await using var writer = new JournalWriter(store, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        var blocker = writer.AppendAsync(NewAppend());
        var commit = await store.NextCommitAsync();
        var append = NewAppend();
        var current = writer.AppendAsync(append);
        var stale = writer.AppendAsync(append);

        commit.Succeed();
        var second = await store.NextCommitAsync();
        second.Succeed();
        var third = await store.NextCommitAsync();
        third.End(new AppendOutcome.Fenced(1));

        Assert.Single(second.Appends);
        Assert.Single(third.Appends);
        await blocker;
        Assert.IsType<AppendOutcome.Committed>(await current);
        Assert.Equal(new AppendOutcome.Fenced(1), await stale);
    }

    [Fact]
    public async Task A_store_that_throws_fails_the_commit_and_not_the_writer()
    {
        var store = new GatedStore();
        await using var writer = new JournalWriter(store, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        var failing = writer.AppendAsync(NewAppend());
        (await store.NextCommitAsync()).Outcomes.SetException(new IOException("disk"));

        Assert.IsType<IOException>(Assert.IsType<AppendOutcome.Failed>(await failing).Cause);

        var working = writer.AppendAsync(NewAppend());
        (await store.NextCommitAsync()).Succeed();
        Assert.IsType<AppendOutcome.Committed>(await working);
    }

    [Fact]
    public async Task A_writer_that_was_disposed_of_refuses()
    {
        var writer = new JournalWriter(new GatedStore(), TimeProvider.System, NullLogger<JournalWriter>.Instance);
        await writer.DisposeAsync();

        Assert.IsType<AppendOutcome.Failed>(await writer.AppendAsync(NewAppend()));
    }

    private static JournalAppend NewAppend()
    {
        ConversationEvent created = Blocks.Created();
        return new JournalAppend(
            new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)), [created], Blocks.Of(created));
    }
}
