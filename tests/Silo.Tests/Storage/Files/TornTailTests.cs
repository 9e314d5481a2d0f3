using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>What a write that was cut off at any byte leaves behind.</summary>
public sealed class TornTailTests : FilesStoreTests
{
    [Fact]
    public async Task Main_file_cut_at_any_byte_of_the_last_append_keeps_its_whole_lines()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        var before = new FileInfo(Directory.Main(script.Key)).Length;
        await CommitAsync(script.Updated("Wörter, 語, 👋").Asked("And?").Started());

        await AssertCutsAsync(script, Directory.Main(script.Key), before, whole: 1);
    }

    [Fact]
    public async Task Creation_cut_before_its_first_line_ended_leaves_no_conversation_and_the_key_free()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        Close();
        var main = Directory.Main(script.Key);
        var bytes = await File.ReadAllBytesAsync(main);
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            await File.WriteAllBytesAsync(main, bytes[..cut]);

            Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));
            Assert.Empty(await Store.ListAsync(Owner, 10, null, default));
            Assert.False(File.Exists(main));
            Assert.False(await Store.DeleteAsync(script.Key, default));
            await AssertAppendableAsync(script.Key, 0);
            Close();
        }
    }

    [Fact]
    public async Task Cutting_a_torn_line_is_logged_with_the_file_and_how_much_was_lost()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        Close();
        var main = Directory.Main(script.Key);
        var kept = new FileInfo(main).Length;
        await File.AppendAllTextAsync(main, """{"type":"mess""");

        await AssertHoldsAsync(script);

        Assert.Equal(
            [$"Warning: {main} ended within a line, as a write that was cut off leaves it: 13 bytes were removed, {kept} kept."],
            Log.Entries);
    }

    private async Task AssertCutsAsync(ConversationScript script, string path, long before, int whole)
    {
        Close();
        var bytes = await File.ReadAllBytesAsync(path);
        for (var cut = (int)before; cut <= bytes.Length; cut++)
        {
            await File.WriteAllBytesAsync(path, bytes[..cut]);

            var head = whole + bytes[(int)before..cut].Count(b => b == '\n');
            Assert.Equal(script.Lines[..head], await Store.ReadLinesAsync(script.Key));
            await AssertAppendableAsync(script.Key, head);
            Close();
            Assert.Equal(head + 1, (await Store.ReadLinesAsync(script.Key)).Count);
            Close();
        }
    }
}
