using OrleansChat.Conversations;
using OrleansChat.Journal;
using Xunit;

namespace OrleansChat.Testing.Journal;

/// <summary>
/// What every <see cref="IConversationStore"/> does. Each test works with an owner of its own, so a medium may be shared.
/// </summary>
public abstract partial class ConversationStoreContract : IAsyncLifetime
{
    /// <summary>The store under test.</summary>
    protected IConversationStore Store { get; private set; } = null!;

    /// <summary>The test's owner.</summary>
    protected OwnerId Owner { get; } = NewOwner();

    /// <summary>Opens a store on the test's medium, with what the last one left there.</summary>
    protected abstract Task<IConversationStore> OpenAsync();

    /// <summary>Removes what the test left on the medium; the store is closed.</summary>
    protected virtual Task CleanAsync() => Task.CompletedTask;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public async Task DisposeAsync()
    {
        await CloseAsync();
        await CleanAsync();
    }

    /// <summary>Goes on with a new store on the same medium.</summary>
    protected async Task ReopenAsync()
    {
        await CloseAsync();
        Store = await OpenAsync();
    }

    protected ConversationScript NewConversation(OwnerId? owner = null) =>
        new(new ConversationKey(owner ?? Owner, ConversationId.New(TimeProvider.System)));

    protected static OwnerId NewOwner() =>
        OwnerId.TryParse($"test-{Guid.NewGuid():N}", out var owner) ? owner : throw new InvalidOperationException();

    protected async Task<AppendOutcome> AppendAsync(JournalAppend append) =>
        Assert.Single(await Store.AppendAsync([append], CancellationToken.None));

    /// <summary>Appends what a script wrote, which must succeed.</summary>
    protected async Task CommitAsync(ConversationScript script) =>
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(script.Take()));

    /// <summary>Checks that the store says exactly what the script wrote.</summary>
    protected async Task AssertHoldsAsync(ConversationScript script)
    {
        Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key));
        AssertSame(script.Summary!, Assert.Single(await Store.ListAsync(script.Key.Owner, 100, null, default), c => c.Id == script.Key.Id));
    }

    protected static void AssertSame(Conversation expected, Conversation actual)
    {
        // Immutable dictionaries are equal only when they are the same.
        Assert.Equal(expected.Metadata.AsEnumerable(), actual.Metadata);
        Assert.Equal(expected with { Metadata = actual.Metadata }, actual);
    }

    protected static string[] Pieces(int count) => [.. Enumerable.Range(0, count).Select(i => $" piece {i}")];

    private async Task CloseAsync()
    {
        if (Store is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            (Store as IDisposable)?.Dispose();
        }
    }
}
