using FsCheck;
using FsCheck.Fluent;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>Random sequences of commands on a few conversations, against scripts as the model.</summary>
public sealed class RandomHistoryTests
{
    private const int Conversations = 3;

    [Fact]
    public void Any_history_reads_back_as_it_was_written() =>
        Prop.ForAll<byte[]>(
                ArbMap.Default.ArbFor<byte[]>(),
                commands => Task.Run(() => RunAsync(commands)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(80));

    private static async Task RunAsync(byte[] commands)
    {
        using var directory = new TestDirectory();
        var store = Open(directory, commands.Length);
        try
        {
            var scripts = Enumerable.Range(0, Conversations).Select(_ => New(NewKey())).ToArray();
            foreach (var command in commands)
            {
                var script = scripts[command % Conversations];
                switch (command / Conversations % 12)
                {
                    case 0:
                        var image = directory.Read();
                        store.Dispose();
                        if (command % 2 == 0)
                        {
                            // As if it had been killed.
                            directory.Write(image);
                        }

                        store = Open(directory, command);
                        break;
                    case 1:
                        Assert.Equal(script.Summary is not null, await store.DeleteAsync(script.Key, default));
                        scripts[command % Conversations] = New(script.Key);
                        break;
                    case 2 or 3:
                        await store.CompactAsync(script.Key, default);
                        break;
                    case 4:
                        var stale = New(script.Key).Created().Asked().Asked();
                        stale.Take();
                        var outcome = await AppendAsync(store, stale.Asked().Take());
                        Assert.True(script.Head == 3 ? outcome is AppendOutcome.Committed : outcome == new AppendOutcome.Fenced(script.Head));
                        scripts[command % Conversations] = script.Head == 3 ? await DeletedAsync(store, script.Key) : script;
                        break;
                    default:
                        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(store, Next(script, command)));
                        break;
                }

                await CheckAsync(store, scripts, command);
            }
        }
        finally
        {
            store.Dispose();
        }
    }

    private static JournalAppend Next(ConversationScript script, byte command) => (script.Summary, command % 4) switch
    {
        (null, _) => script.Created().Take(),
        ({ Status: ConversationStatus.Idle }, 0) => script.Asked().Take(),
        ({ Status: ConversationStatus.Idle }, 1) => script.Updated("Between").Take(),
        ({ Status: ConversationStatus.Idle }, _) => script.Asked().Started().Take(),
        (_, 0) => script.Said("last").Completed().Take(),
        (_, 1) => script.Updated("Within").Take(),
        _ => script.Said("some", " 語 ", "👋").Take(),
    };

    private static async Task CheckAsync(FilesConversationStore store, ConversationScript[] scripts, byte command)
    {
        foreach (var script in scripts)
        {
            if (script.Summary is null)
            {
                Assert.Null(await store.ReadAsync(script.Key, 0, 100, default));
                continue;
            }

            var after = (int)(command % (script.Head + 1));
            Assert.Equal(script.Lines[after..], await store.ReadLinesAsync(script.Key, after, 1 + (command * 4)));
        }

        var list = await store.ListAsync(OwnerId.Local, 10, null, default);
        Assert.Equal(
            scripts.Reverse().Where(script => script.Summary is not null).Select(script => (script.Key.Id, script.Head, script.Summary!.Status)),
            list.Select(conversation => (conversation.Id, conversation.Sequence, conversation.Status)));
        Assert.Equal(
            list.Where(conversation => conversation.Status == ConversationStatus.Replying).Select(conversation => conversation.Id.Value).Order(),
            (await store.FindUnfinishedAsync(TimeSpan.Zero, default)).Select(key => key.Id.Value).Order());
    }

    private static async Task<AppendOutcome> AppendAsync(FilesConversationStore store, JournalAppend append) =>
        Assert.Single(await store.AppendAsync([append], default));

    private static async Task<ConversationScript> DeletedAsync(FilesConversationStore store, ConversationKey key)
    {
        Assert.True(await store.DeleteAsync(key, default));
        return New(key);
    }

    // So small that the log begins a new segment all the time, and copies what it needs.
    private static FilesConversationStore Open(TestDirectory directory, int any) => directory.Open(
        openConversations: 2,
        log: new LiveLogOptions { SegmentBytes = 1 + (any % 3 * 400), FullSegments = 1 + (any % 2), CommitBytes = 100 });

    private static ConversationKey NewKey() => new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    private static ConversationScript New(ConversationKey key) => new(key);
}
