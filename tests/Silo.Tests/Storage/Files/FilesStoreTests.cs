using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>A directory, a store on it that can be closed and opened again, and scripts to write to it.</summary>
public abstract class FilesStoreTests : IDisposable
{
    private FilesConversationStore? store;

    internal TestDirectory Directory { get; } = new();

    internal CollectedLog Log { get; } = new();

    internal FilesConversationStore Store => store ??= Directory.Open(logger: Log, log: LogOptions, clock: Clock);

    /// <summary>The bounds of the log, for stores that are opened from then on.</summary>
    internal LiveLogOptions LogOptions { get; set; } = new();

    internal ManualTimeProvider Clock { get; } = new();

    internal static OwnerId Owner { get; } = OwnerId.Local;

    public virtual void Dispose()
    {
        Close();
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static ConversationScript NewConversation() => new(new ConversationKey(Owner, ConversationId.New(TimeProvider.System)));

    /// <summary>Closes the store; the next use opens another.</summary>
    internal void Close()
    {
        store?.Dispose();
        store = null;
    }

    /// <summary>
    /// Ends the store as <c>kill -9</c> does: another goes on with the files as they are at this moment, and not as closing leaves them.
    /// </summary>
    internal void Kill()
    {
        var image = Directory.Read();
        Close();
        Directory.Write(image);
    }

    internal async Task<AppendOutcome> AppendAsync(JournalAppend append) => Assert.Single(await Store.AppendAsync([append], default));

    internal async Task CommitAsync(ConversationScript script) =>
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(script.Take()));

    internal async Task AssertHoldsAsync(ConversationScript script) =>
        Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key));

    /// <summary>Appends whatever may follow a head.</summary>
    internal async Task AssertAppendableAsync(ConversationKey key, long head)
    {
        var other = new ConversationScript(key).Created();
        while (other.Head < head)
        {
            other.Asked();
        }

        if (head > 0)
        {
            other.Take();
            other.Asked("It goes on.");
        }

        await CommitAsync(other);
        Assert.Equal(other.Lines[^1..], await Store.ReadLinesAsync(key, head));
    }

    internal static byte[] Lines(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
