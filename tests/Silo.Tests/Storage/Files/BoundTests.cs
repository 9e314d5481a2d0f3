using OrleansChat.Journal;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

public sealed class BoundTests : FilesStoreTests
{
    [Fact]
    public async Task No_more_conversations_stay_open_than_the_options_allow_and_all_remain_usable()
    {
        const int Cap = 3;
        using var store = Directory.Open(openConversations: Cap);
        var scripts = Enumerable.Range(0, 4 * Cap).Select(_ => NewConversation()).ToList();
        for (var round = 0; round < 3; round++)
        {
            foreach (var script in scripts)
            {
                _ = round switch
                {
                    0 => script.Created(),
                    1 => script.Asked().Started(),
                    _ => script.Said("a", "b"),
                };
                await store.AppendAsync([script.Take()], default);
                Assert.InRange(store.OpenConversations, 1, Cap);
                Assert.InRange(OpenFiles(Directory.Paths.Conversations), 0, Cap);
            }
        }

        foreach (var script in scripts)
        {
            Assert.Equal(script.Lines, await store.ReadLinesAsync(script.Key));
        }

        Assert.Equal(Cap, store.OpenConversations);
        Assert.Equal(scripts.Count, (await store.ListAsync(Owner, 100, null, default)).Length);
        Assert.Equal(Cap, store.OpenConversations);
    }

    [Fact]
    public async Task Replies_that_run_in_more_conversations_than_may_be_open_have_nothing_read_again()
    {
        const int Cap = 2;
        using var store = Directory.Open(openConversations: Cap);
        var scripts = Enumerable.Range(0, 5 * Cap).Select(_ => NewConversation()).ToList();
        foreach (var script in scripts)
        {
            await store.AppendAsync([script.Created().Asked().Started().Take()], default);
        }

        // Where nothing is read, nobody sees that it has gone.
        var away = $"{Directory.Path}.away";
        System.IO.Directory.Move(Directory.Paths.Conversations, away);
        for (var round = 0; round < 3; round++)
        {
            foreach (var script in scripts)
            {
                var outcome = Assert.Single(await store.AppendAsync([script.Said("a", "b").Take()], default));
                Assert.IsType<AppendOutcome.Committed>(outcome);
                Assert.InRange(OpenFiles(away), 0, Cap);
            }
        }

        System.IO.Directory.Move(away, Directory.Paths.Conversations);
        foreach (var script in scripts)
        {
            await store.AppendAsync([script.Completed().Take()], default);
            await store.CompactAsync(script.Key, default);
            Assert.Equal(script.Lines, await store.ReadLinesAsync(script.Key));
            Assert.InRange(store.OpenConversations, 1, Cap);
            Assert.InRange(OpenFiles(Directory.Paths.Conversations), 0, Cap);
        }
    }

    [Fact]
    public async Task A_closed_store_leaves_no_file_open_and_refuses_work()
    {
        var script = NewConversation();
        var store = Directory.Open();
        await store.AppendAsync([script.Created().Asked().Started().Take()], default);
        await store.AppendAsync([script.Said("a").Take()], default);

        store.Dispose();

        Assert.Equal(0, OpenFiles(Directory.Path));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ReadAsync(script.Key, 0, 1000, default));
    }

    // Linux tells which files a process has open; elsewhere there is nothing to check.
    private static int OpenFiles(string folder) => OperatingSystem.IsLinux()
        ? new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
            .Count(file => file.LinkTarget is { } target && target.StartsWith(folder, StringComparison.Ordinal))
        : 0;
}
