using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>Compaction cut off at any point: the main file has some of what the log still has.</summary>
public sealed class CompactionCrashTests : FilesStoreTests
{
    [Fact]
    public async Task Cut_off_at_any_byte_of_the_append_no_event_is_lost_or_doubled()
    {
        var script = NewConversation();
        var (before, compacted) = await CompactAsync(script);
        var main = Directory.Main(script.Key);
        Assert.Equal(before[main], compacted[..before[main].Length]);

        for (var cut = before[main].Length; cut <= compacted.Length; cut++)
        {
            Directory.Write(new Dictionary<string, byte[]>(before) { [main] = compacted[..cut] });

            await AssertHoldsAsync(script);
            for (var after = 0; after <= script.Head; after++)
            {
                Assert.Equal(script.Lines[after..], await Store.ReadLinesAsync(script.Key, after, maxBytes: 150));
            }

            Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));
            await Store.CompactAsync(script.Key, default);
            await AssertHoldsAsync(script);

            Kill();
            await AssertHoldsAsync(script);
            Close();
            Assert.Empty(Directory.Segments());
            await AssertHoldsAsync(script);
            Close();
        }
    }

    [Fact]
    public async Task Cut_off_before_the_append_the_log_goes_on()
    {
        var script = NewConversation();
        var (before, _) = await CompactAsync(script);
        Directory.Write(before);

        await CommitAsync(script.Asked("Again?").Started());
        await CommitAsync(script.Said("x", "y"));

        await AssertHoldsAsync(script);
        Assert.Equal(before[Directory.Main(script.Key)], await File.ReadAllBytesAsync(Directory.Main(script.Key)));
        Kill();
        await AssertHoldsAsync(script);
        Assert.Equal(script.Key, Assert.Single(await Store.FindUnfinishedAsync(TimeSpan.Zero, default)));
    }

    [Fact]
    public async Task Cut_off_within_the_append_what_follows_goes_to_the_log()
    {
        var script = NewConversation();
        var (before, compacted) = await CompactAsync(script);
        var main = Directory.Main(script.Key);
        var half = before[main].Length + compacted.AsSpan(before[main].Length).IndexOf((byte)'\n') + 5;
        Directory.Write(new Dictionary<string, byte[]>(before) { [main] = compacted[..half] });

        await CommitAsync(script.Asked("Again?").Started());
        await CommitAsync(script.Said("x", "y").Completed());
        await AssertHoldsAsync(script);
        await Store.CompactAsync(script.Key, default);

        Kill();
        await AssertHoldsAsync(script);
    }

    [Fact]
    public async Task Cut_off_before_the_log_was_told_the_next_reply_goes_on_from_the_main_file()
    {
        var script = NewConversation();
        var (before, compacted) = await CompactAsync(script);
        var main = Directory.Main(script.Key);
        Directory.Write(new Dictionary<string, byte[]>(before) { [main] = compacted });

        await CommitAsync(script.Asked("Again?").Started());
        byte[] expected = [.. compacted, .. Lines(script.Lines[^2..])];
        Assert.Equal(expected, await File.ReadAllBytesAsync(main));
        await CommitAsync(script.Said("x", "y"));

        await AssertHoldsAsync(script);
        Kill();
        await AssertHoldsAsync(script);
        Assert.Equal(script.Key, Assert.Single(await Store.FindUnfinishedAsync(TimeSpan.Zero, default)));
    }

    // The files before compaction, and the main file after it.
    private async Task<(Dictionary<string, byte[]> Before, byte[] Compacted)> CompactAsync(ConversationScript script)
    {
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "語", "c"));
        await CommitAsync(script.Updated("Changed").Said("d").Completed());
        await CommitAsync(script.Asked().Started().Said("e", "f").Interrupted());
        var before = Directory.Read();
        await Store.CompactAsync(script.Key, default);
        var compacted = await File.ReadAllBytesAsync(Directory.Main(script.Key));
        Close();
        return (before, compacted);
    }
}
