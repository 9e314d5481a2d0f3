using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Storage.Files.Usage;
using OrleansChat.Usage;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Keeps each conversation in a file of JSON Lines under one directory, which one process uses at a time, and what running replies
/// say in a log that they share. A line is an event's JSON as clients get it, so everything here can be read with <c>cat</c>.
/// </summary>
internal sealed class FilesConversationStore : IConversationStore, IDisposable
{
    private readonly ILogger logger;
    private readonly StorePaths paths;
    private readonly Disk disk;
    private readonly DirectoryLock directoryLock;
    private readonly LiveLog log;
    private readonly OwnerCatalogs catalogs;
    private readonly UsageLedger ledger;
    private readonly LeaseCache<ConversationKey, StoredConversation> conversations;
    private readonly GroupAppend group;

    /// <summary>Takes the directory into use.</summary>
    /// <exception cref="InvalidOperationException">Another process uses it.</exception>
    /// <exception cref="InvalidDataException">The log of running replies is damaged. The message names file and offset.</exception>
    public FilesConversationStore(IOptions<FilesStoreOptions> options, ILogger<FilesConversationStore> logger)
        : this(options.Value, logger, new LiveLogOptions(), TimeProvider.System)
    {
    }

    /// <summary>The same with other bounds of the log.</summary>
    internal FilesConversationStore(
        FilesStoreOptions options,
        ILogger<FilesConversationStore> logger,
        LiveLogOptions logOptions,
        TimeProvider clock)
    {
        this.logger = logger;
        paths = new StorePaths(options.Path);
        disk = new Disk(options.Durability);
        directoryLock = new DirectoryLock(paths, disk);
        try
        {
            log = new LiveLog(paths, disk, logger, logOptions, clock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }

        catalogs = new OwnerCatalogs(paths);
        ledger = new UsageLedger(paths, disk, log);
        conversations = new LeaseCache<ConversationKey, StoredConversation>(
            options.OpenConversations,
            key => new StoredConversation(key, paths, disk, log, catalogs, ledger, logger),
            static conversation => conversation.TryPark());
        group = new GroupAppend(conversations, log, disk, options.OpenConversations);
    }

    /// <summary>How many conversations are open, or were looked for lately; those of running replies whose files were closed do not count.</summary>
    public int OpenConversations => conversations.Count;

    /// <remarks>Works on the caller's thread: the one caller is the loop that commits for the whole process.</remarks>
    /// <inheritdoc />
    public Task<ImmutableArray<AppendOutcome>> AppendAsync(IReadOnlyList<JournalAppend> appends, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ImmutableCollectionsMarshal.AsImmutableArray(group.Append(appends)));
    }

    /// <inheritdoc />
    public Task<JournalPage?> ReadAsync(ConversationKey key, long after, int maxBytes, CancellationToken cancellationToken) =>
        RunAsync(key, conversation => conversation.Read(after, maxBytes), cancellationToken);

    /// <inheritdoc />
    public Task CompactAsync(ConversationKey key, CancellationToken cancellationToken) => RunAsync(
        key,
        conversation =>
        {
            conversation.Compact();
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<Conversation>> ListAsync(
        OwnerId owner,
        int limit,
        ConversationId? after,
        CancellationToken cancellationToken) =>
        Failures.RunAsync(() => List(owner, limit, after, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<Conversation>> ListNewerAsync(
        OwnerId owner,
        int limit,
        ConversationId before,
        CancellationToken cancellationToken) =>
        Failures.RunAsync(() => ListNewer(owner, limit, before, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<SearchPage> SearchAsync(
        OwnerId owner,
        SearchQuery query,
        int limit,
        ConversationId? after,
        CancellationToken cancellationToken) => Failures.RunAsync(
        () => new SearchScan(
            (count, before) => catalogs.Newest(owner, count, before),
            id => Try(new ConversationKey(owner, id), conversation => SearchScan.Match(conversation, query))).Run(limit, after, cancellationToken),
        cancellationToken);

    /// <inheritdoc />
    public Task<IdlePage> FindIdleAsync(bool transient, TimeSpan idleFor, string? cursor, CancellationToken cancellationToken) => Failures.RunAsync(
        () => new IdleScan(paths, transient, Settle).Run(idleFor, cursor, cancellationToken),
        cancellationToken);

    /// <inheritdoc />
    public Task<ConversationId?> FindAsync(OwnerId owner, string tail, CancellationToken cancellationToken) =>
        Failures.RunAsync(() => catalogs.Find(owner, tail), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<ConversationKey>> FindUnfinishedAsync(TimeSpan quietFor, CancellationToken cancellationToken) =>
        Failures.RunAsync(() => FindUnfinished(quietFor, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<UsageRow>> ReadUsageAsync(OwnerId owner, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        Failures.RunAsync(() => ledger.Read(owner, from, to, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<bool> DeleteAsync(ConversationKey key, CancellationToken cancellationToken) =>
        RunAsync(key, conversation => conversation.Delete(), cancellationToken);

    /// <inheritdoc />
    public Task CheckAsync(CancellationToken cancellationToken) => Failures.RunAsync(
        () =>
        {
            disk.TryOut(paths.Check);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        group.Dispose();
        conversations.Dispose();
        log.Dispose();
        catalogs.Dispose();
        directoryLock.Dispose();
    }

    private Task<T> RunAsync<T>(ConversationKey key, Func<StoredConversation, T> work, CancellationToken cancellationToken) =>
        Failures.RunAsync(
            () =>
            {
                using var conversation = conversations.Rent(key);
                return work(conversation.Value);
            },
            cancellationToken);

    private ImmutableArray<Conversation> List(OwnerId owner, int limit, ConversationId? after, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<Conversation>();
        while (found.Count < limit)
        {
            // Some may prove damaged, or be gone by now, and then the next ones take their place.
            var ids = catalogs.Newest(owner, limit - found.Count, after);
            if (ids.Length == 0)
            {
                break;
            }

            foreach (var id in ids)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Try(new ConversationKey(owner, id), conversation => conversation.Summarize()) is { } summary)
                {
                    found.Add(summary);
                }
            }

            after = ids[^1];
        }

        return found.DrainToImmutable();
    }

    private ImmutableArray<Conversation> ListNewer(OwnerId owner, int limit, ConversationId before, CancellationToken cancellationToken)
    {
        var found = new List<Conversation>();
        while (found.Count < limit && catalogs.Newer(owner, limit - found.Count, before) is { Length: > 0 } ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var summaries = ids.Select(id => Try(new ConversationKey(owner, id), conversation => conversation.Summarize()));
            found.InsertRange(0, summaries.OfType<Conversation>());
            before = ids[0];
        }

        return [.. found];
    }

    private ImmutableArray<ConversationKey> FindUnfinished(TimeSpan quietFor, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<ConversationKey>();
        foreach (var key in log.Quiet(quietFor))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Try(key, conversation => conversation.IsUnfinished()))
            {
                found.Add(key);
            }
        }

        return found.DrainToImmutable();
    }

    private (Conversation Summary, bool WasLive)? Settle(ConversationKey key)
    {
        var wasLive = false;
        return Try(key, conversation => conversation.Settle(out wasLive)) is { } summary ? (summary, wasLive) : null;
    }

    private T? Try<T>(ConversationKey key, Func<StoredConversation, T> ask)
    {
        try
        {
            using var conversation = conversations.Rent(key);
            return ask(conversation.Value);
        }
        catch (InvalidDataException e)
        {
            logger.DamagedLeftOut(key, e.Message);
            return default;
        }
    }
}
