using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;
using OrleansChat.Usage;

namespace OrleansChat.Grains.Tests.Journal;

/// <summary>A store whose commits wait for the test, which also decides what comes of them.</summary>
internal sealed class GatedStore : IConversationStore
{
    private readonly System.Threading.Channels.Channel<Commit> commits = System.Threading.Channels.Channel.CreateUnbounded<Commit>();

    public TimeSpan CommitPeriod { get; init; }

    /// <summary>Whether there is a commit that the test has not seen.</summary>
    public bool WasAskedToCommit => commits.Reader.Count > 0;

    /// <summary>The next commit that the store is asked for.</summary>
    public async Task<Commit> NextCommitAsync() => await commits.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public Task<ImmutableArray<AppendOutcome>> AppendAsync(IReadOnlyList<JournalAppend> appends, CancellationToken cancellationToken)
    {
        var commit = new Commit(appends);
        commits.Writer.TryWrite(commit);
        return commit.Outcomes.Task;
    }

    public Task<JournalPage?> ReadAsync(ConversationKey key, long after, int maxBytes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task CompactAsync(ConversationKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<Conversation>> ListAsync(OwnerId owner, int limit, ConversationId? after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ImmutableArray<Conversation>> ListNewerAsync(OwnerId owner, int limit, ConversationId before, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<SearchPage> SearchAsync(OwnerId owner, SearchQuery query, int limit, ConversationId? after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdlePage> FindIdleAsync(bool transient, TimeSpan idleFor, string? cursor, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ConversationId?> FindAsync(OwnerId owner, string tail, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<ConversationKey>> FindUnfinishedAsync(TimeSpan quietFor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<UsageRow>> ReadUsageAsync(OwnerId owner, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(ConversationKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    internal sealed class Commit(IReadOnlyList<JournalAppend> appends)
    {
        public IReadOnlyList<JournalAppend> Appends => appends;

        public TaskCompletionSource<ImmutableArray<AppendOutcome>> Outcomes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Succeed() =>
            Outcomes.SetResult([.. appends.Select(_ => (AppendOutcome)AppendOutcome.Committed.Instance)]);

        public void End(AppendOutcome outcome) => Outcomes.SetResult([.. appends.Select(_ => outcome)]);
    }
}
