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
