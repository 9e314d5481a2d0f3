using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Search;
using OrleansChat.Usage;

namespace OrleansChat.Journal;

/// <summary>
/// Where journals are kept: the truth about every conversation. Implementations are safe for concurrent use and pass
/// <c>ConversationStoreContract</c>. Failures of the medium surface as <see cref="StorageUnavailableException"/>;
/// damage that nobody can repair as <see cref="InvalidDataException"/>, which names the place.
/// </summary>
public interface IConversationStore
{
    /// <summary>
    /// What lies between the beginnings of two commits while many follow each other: less than anybody sees, and so long that what a commit
    /// costs whatever is in it does not matter. Zero, which is the default, where that is next to nothing.
    /// </summary>
    TimeSpan CommitPeriod => TimeSpan.Zero;

    /// <summary>
    /// Appends to several journals at once. Each append is all or nothing, independent of the others, and durable when this
    /// returns; it happens only if the journal's head is the one expected, which fences off every writer but the current one.
    /// </summary>
    /// <param name="appends">At most one per conversation.</param>
    /// <param name="cancellationToken">Stops waiting; what was written by then stays.</param>
    /// <returns>The outcome of each append, in the same order.</returns>
    Task<ImmutableArray<AppendOutcome>> AppendAsync(IReadOnlyList<JournalAppend> appends, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the events after a cursor, oldest first, as they are stored: runs of deltas may come as one record, of which
    /// the first part can lie before the cursor.
    /// </summary>
    /// <param name="key">Whose journal.</param>
    /// <param name="after">The cursor, 0 or more; 0 reads from the beginning.</param>
    /// <param name="maxBytes">About how much to return at most; at least one record is returned if there is one.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns>The page, empty when the cursor is at or past the head; null when there is no such conversation.</returns>
    Task<JournalPage?> ReadAsync(ConversationKey key, long after, int maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Stores each run of deltas of a reply that has ended as one record, and has <see cref="SearchAsync"/> find what was said and how
    /// the conversation is called. Changes no event that a reader can get; safe to repeat
    /// and to be cut off by a crash. Does nothing while a reply runs, or where there is nothing to do.
    /// </summary>
    Task CompactAsync(ConversationKey key, CancellationToken cancellationToken);

    /// <summary>An owner's conversations in the order of creation, newest first; without the transient ones.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="after">Only conversations older than this id, which need not exist; null for all.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<ImmutableArray<Conversation>> ListAsync(OwnerId owner, int limit, ConversationId? after, CancellationToken cancellationToken);

    /// <summary>The conversations that come before an id in <see cref="ListAsync"/>: the nearest of those created after it, newest first.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="before">Only conversations newer than this id, which need not exist.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<ImmutableArray<Conversation>> ListNewerAsync(OwnerId owner, int limit, ConversationId before, CancellationToken cancellationToken);

    /// <summary>
    /// An owner's conversations in whose title or messages all words of a query stand, newest first. What was appended counts from
    /// <see cref="CompactAsync"/> on; transient conversations never do. A store that has to read much for it stops somewhere, and says where to go on.
    /// </summary>
    /// <param name="owner">Whose.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="after">Only conversations older than this id, which need not exist; null for all.</param>
    /// <param name="cancellationToken">Gives up looking.</param>
    Task<SearchPage> SearchAsync(OwnerId owner, SearchQuery query, int limit, ConversationId? after, CancellationToken cancellationToken);

    /// <summary>
    /// Some of the conversations, transient or not, to which nothing was appended for a while and in which no reply runs. A store has to look
    /// at each conversation, so it looks at some, and says where to go on.
    /// </summary>
    /// <param name="transient">Whether to look at transient conversations, or at the others.</param>
    /// <param name="idleFor">For how long, as far as the store knows.</param>
    /// <param name="cursor">Where to begin: <see cref="IdlePage.Next"/> of the last call, or null.</param>
    /// <param name="cancellationToken">Gives up looking.</param>
    Task<IdlePage> FindIdleAsync(bool transient, TimeSpan idleFor, string? cursor, CancellationToken cancellationToken);

    /// <summary>An owner's conversation by the end of its id (<see cref="ConversationId.Tail"/>); null when there is none.</summary>
    Task<ConversationId?> FindAsync(OwnerId owner, string tail, CancellationToken cancellationToken);

    /// <summary>
    /// The conversations whose journal ends within a reply and has not grown lately, in no particular order: whoever produced the
    /// reply may be gone.
    /// </summary>
    /// <param name="quietFor">For how long nothing was appended, as far as the store knows; zero finds all.</param>
    /// <param name="cancellationToken">Gives up looking.</param>
    Task<ImmutableArray<ConversationKey>> FindUnfinishedAsync(TimeSpan quietFor, CancellationToken cancellationToken);

    /// <summary>
    /// What an owner's replies cost, by day, model and currency, in this order. A reply counts from the append of its end on, exactly once,
    /// and goes on to count when its conversation is deleted: every end that has a usage and a model
    /// (see <see cref="LedgerEntry"/>), but for those of the append that creates the conversation: what comes with that is its past.
    /// </summary>
    /// <param name="owner">Whose.</param>
    /// <param name="from">The first day on which they ended (UTC).</param>
    /// <param name="to">The last day (UTC).</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<ImmutableArray<UsageRow>> ReadUsageAsync(OwnerId owner, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a conversation's journal, and all else that is kept of it but for what its replies cost, for good; false when there was none.
    /// </summary>
    Task<bool> DeleteAsync(ConversationKey key, CancellationToken cancellationToken);

    /// <summary>Returns when the medium has shown that it can be written to.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be used for now.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
