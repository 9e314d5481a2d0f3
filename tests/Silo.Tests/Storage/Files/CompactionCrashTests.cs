using OrleansChat.Conversations;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>Compaction cut off at any point: the main file has some of what the live file still has.</summary>
public sealed class CompactionCrashTests : FilesStoreTests
{
    [Fact]
    public async Task Cut_off_at_any_byte_of_the_append_no_event_is_lost_or_doubled()
    {
        var script = NewConversation();
        var (main, live) = await FilesBeforeAsync(script);
        var compacted = await FileAfterAsync(script);
        Assert.Equal(main, compacted[..main.Length]);

        for (var cut = main.Length; cut <= compacted.Length; cut++)
        {
            await WriteAsync(script.Key, compacted[..cut], live);

            await AssertHoldsAsync(script);
            for (var after = 0; after <= script.Head; after++)
            {
                Assert.Equal(script.Lines[after..], await Store.ReadLinesAsync(script.Key, after, maxBytes: 150));
            }

            Assert.Equal(cut < compacted.Length, File.Exists(Directory.Live(script.Key)));
            await Store.CompactAsync(script.Key, default);
            Assert.False(File.Exists(Directory.Live(script.Key)));
            await AssertHoldsAsync(script);

            Close();
            await AssertHoldsAsync(script);
            Close();
        }
    }

    [Fact]
    public async Task Cut_off_before_the_append_the_live_file_goes_on()
    {
        var script = NewConversation();
        var (main, live) = await FilesBeforeAsync(script);
        await WriteAsync(script.Key, main, live);

        await CommitAsync(script.Asked("Again?").Started());
        await CommitAsync(script.Said("x", "y"));

        await AssertHoldsAsync(script);
        Assert.Equal(main, await File.ReadAllBytesAsync(Directory.Main(script.Key)));
    }

    [Fact]
    public async Task Cut_off_within_the_append_what_follows_goes_to_the_live_file()
    {
        var script = NewConversation();
        var (main, live) = await FilesBeforeAsync(script);
        var compacted = await FileAfterAsync(script);
        var half = main.Length + compacted.AsSpan(main.Length).IndexOf((byte)'\n') + 5;
        await WriteAsync(script.Key, compacted[..half], live);

        await CommitAsync(script.Asked("Again?").Started());
        await CommitAsync(script.Said("x", "y").Completed());
        await AssertHoldsAsync(script);
        await Store.CompactAsync(script.Key, default);

        Close();
        await AssertHoldsAsync(script);
    }

    [Fact]
    public async Task Cut_off_before_the_deletion_the_live_file_goes_and_the_next_reply_has_its_own()
    {
        var script = NewConversation();
        var (_, live) = await FilesBeforeAsync(script);
        await WriteAsync(script.Key, await FileAfterAsync(script), live);

        await CommitAsync(script.Asked("Again?").Started());
        Assert.False(File.Exists(Directory.Live(script.Key)));
        await CommitAsync(script.Said("x", "y"));

        Assert.Equal(Lines(script.Lines[^2..]), await File.ReadAllBytesAsync(Directory.Live(script.Key)));
        Close();
        await AssertHoldsAsync(script);
    }

    private async Task<(byte[] Main, byte[] Live)> FilesBeforeAsync(ConversationScript script)
    {
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "語", "c"));
        await CommitAsync(script.Updated("Changed").Said("d").Completed());
        await CommitAsync(script.Asked().Started().Said("e", "f").Interrupted());
        return (await File.ReadAllBytesAsync(Directory.Main(script.Key)), await File.ReadAllBytesAsync(Directory.Live(script.Key)));
    }

    private async Task<byte[]> FileAfterAsync(ConversationScript script)
    {
        await Store.CompactAsync(script.Key, default);
        return await File.ReadAllBytesAsync(Directory.Main(script.Key));
    }

    private async Task WriteAsync(ConversationKey key, byte[] main, byte[] live)
    {
        Close();
        await File.WriteAllBytesAsync(Directory.Main(key), main);
        await File.WriteAllBytesAsync(Directory.Live(key), live);
    }
}
