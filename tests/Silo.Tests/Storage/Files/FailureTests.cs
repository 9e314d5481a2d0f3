using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>A medium that refuses: nothing is appended, and once it gives way the same append succeeds.</summary>
public sealed class FailureTests : FilesStoreTests
{
    [LinuxFact]
    public async Task A_log_that_cannot_be_written_fails_all_appends_to_it_and_leaves_no_trace()
    {
        LogOptions = new LiveLogOptions { SegmentBytes = 1 };
        var (one, two, idle) = (NewConversation(), NewConversation(), NewConversation());
        await CommitAsync(one.Created().Asked().Started());
        await CommitAsync(two.Created().Asked().Started());
        await CommitAsync(idle.Created());
        File.CreateSymbolicLink(Directory.Segment(3), "/dev/full");
        var lines = one.Lines.ToArray();
        JournalAppend[] appends = [one.Said("a", "b").Take(), idle.Asked().Take(), two.Said("c").Take()];

        var outcomes = await Store.AppendAsync(appends, default);

        Assert.IsType<IOException>(Assert.IsType<AppendOutcome.Failed>(outcomes[0]).Cause);
        Assert.Equal(AppendOutcome.Committed.Instance, outcomes[1]);
        Assert.IsType<IOException>(Assert.IsType<AppendOutcome.Failed>(outcomes[2]).Cause);
        Assert.Equal(lines, await Store.ReadLinesAsync(one.Key));
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(appends[0]));
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(appends[2]));
        Kill();
        await AssertHoldsAsync(one);
        await AssertHoldsAsync(two);
        await AssertHoldsAsync(idle);
    }

    [Fact]
    public async Task A_conversation_whose_folder_cannot_be_made_is_not_created_until_it_can()
    {
        var script = NewConversation();
        var append = script.Created().Asked().Started().Take();
        _ = Store;
        await File.WriteAllBytesAsync(Directory.Paths.Owner(Owner), []);

        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(append));
        Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));

        File.Delete(Directory.Paths.Owner(Owner));
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(append));
        await AssertHoldsAsync(script);
    }

    [Fact]
    public async Task A_reply_that_cannot_be_noted_in_the_log_does_not_start_until_it_can()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        System.IO.Directory.CreateDirectory(Directory.Segment(1));
        var append = script.Started().Take();

        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(append));
        Assert.Equal(2, (await Store.ReadLinesAsync(script.Key)).Count);

        Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));
        System.IO.Directory.Delete(Directory.Segment(1));
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(append));
        Assert.Equal(script.Key, Assert.Single(await Store.FindUnfinishedAsync(TimeSpan.Zero, default)));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_storage_that_is_unavailable()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a"));
        Close();
        var main = Directory.Main(script.Key);
        File.Move(main, main + ".moved");
        File.CreateSymbolicLink(main, main);

        Func<Task>[] calls =
        [
            () => Store.ReadAsync(script.Key, 0, 1000, default),
            () => Store.CompactAsync(script.Key, default),
            () => Store.ListAsync(Owner, 10, null, default),
            () => Store.FindUnfinishedAsync(TimeSpan.Zero, default),
            () => Store.DeleteAsync(script.Key, default),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<StorageUnavailableException>(call);
            Assert.IsAssignableFrom<IOException>(error.Cause);
        }

        File.Delete(main);
        File.Move(main + ".moved", main);
        await AssertHoldsAsync(script);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_to_fails_the_check_until_it_can()
    {
        await Store.CheckAsync(default);
        var check = Path.Combine(Directory.Path, ".check");
        File.Delete(check);
        System.IO.Directory.CreateDirectory(check);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Store.CheckAsync(default));

        System.IO.Directory.Delete(check);
        await Store.CheckAsync(default);
    }

    [TmpfsTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_fails_appends_and_compaction_until_there_is_room_again(bool whileReplying)
    {
        using var mount = new SmallDisk(Directory.Path, "256k");
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        if (whileReplying)
        {
            await CommitAsync(script.Started());
            await CommitAsync(script.Said("a", "b"));
        }

        var ballast = Path.Combine(Directory.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[128 * 1024]);
        var lines = script.Lines.ToArray();
        var file = whileReplying ? Directory.OnlySegment() : Directory.Main(script.Key);
        var length = new FileInfo(file).Length;
        var text = new string('x', 100 * 1024);
        var large = (whileReplying ? script.Said(text, text) : script.Asked(text).Asked(text)).Take();

        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(large));
        Assert.Equal(lines, await Store.ReadLinesAsync(script.Key));
        Assert.Equal(length, new FileInfo(file).Length);
        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(large));
        Kill();
        Assert.Equal(lines, await Store.ReadLinesAsync(script.Key));

        File.Delete(ballast);
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(large));
        await AssertHoldsAsync(script);
        if (whileReplying)
        {
            await CommitAsync(script.Completed());
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Store.CompactAsync(script.Key, default));
            await AssertHoldsAsync(script);
            await CommitAsync(script.Asked());
        }

        Close();
        await AssertHoldsAsync(script);
        Close();
    }
}
