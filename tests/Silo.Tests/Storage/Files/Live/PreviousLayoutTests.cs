using OrleansChat.Conversations;
using OrleansChat.Storage.Files;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files.Live;

/// <summary>Directories of the time when each running reply had a file of its own, and a marker.</summary>
public sealed class PreviousLayoutTests : FilesStoreTests
{
    private readonly ConversationScript running = NewConversation();
    private readonly ConversationScript started = NewConversation();
    private readonly ConversationScript ended = NewConversation();
    private readonly ConversationScript compacted = NewConversation();
    private readonly ConversationScript idle = NewConversation();

    [Fact]
    public async Task All_conversations_are_as_they_were_and_the_old_files_are_gone()
    {
        Write();

        await AssertTakenOverAsync();

        Assert.False(System.IO.Directory.Exists(Path.Combine(Directory.Path, "unfinished")));
        Assert.DoesNotContain(Directory.Read().Keys, file => file.EndsWith(".live.jsonl", StringComparison.Ordinal));
        Kill();
        await AssertTakenOverAsync();
        await CommitAsync(running.Said("c").Completed());
        await Store.CompactAsync(running.Key, default);
        await Store.CompactAsync(ended.Key, default);
        await AssertHoldsAsync(running);
        await AssertHoldsAsync(ended);
    }

    [Fact]
    public async Task Taking_over_that_was_cut_off_before_the_old_files_went_is_repeated()
    {
        Write();
        var before = Directory.Read();
        _ = Store;
        Kill();
        var after = Directory.Read();
        Directory.Write(before.Concat(after.Where(file => !before.ContainsKey(file.Key))).ToDictionary());

        await AssertTakenOverAsync();
    }

    [Fact]
    public async Task The_last_line_of_an_old_file_may_be_torn()
    {
        Write();
        await File.AppendAllTextAsync(OldLive(running.Key), """{"type":"rep""");

        await AssertTakenOverAsync();
    }

    [Fact]
    public async Task A_damaged_old_file_is_an_error_of_its_conversation_only()
    {
        Write();
        await File.WriteAllTextAsync(OldLive(running.Key), "garbage\n");

        await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(running.Key, 0, 1000, default));

        await AssertHoldsAsync(started);
        await AssertHoldsAsync(ended);
    }

    private async Task AssertTakenOverAsync()
    {
        foreach (var script in new[] { running, started, ended, compacted, idle })
        {
            await AssertHoldsAsync(script);
        }

        Assert.Equal(
            [running.Key.Id.Value, started.Key.Id.Value],
            (await Store.FindUnfinishedAsync(TimeSpan.Zero, default)).Select((ConversationKey key) => key.Id.Value).Order(StringComparer.Ordinal));
    }

    private void Write()
    {
        foreach (var script in new[] { running, started, ended, compacted, idle })
        {
            script.Created().Asked().Started().Take();
        }

        System.IO.Directory.CreateDirectory(Directory.Paths.Owner(Owner));
        Write(running, running.Lines[..3], running.Said("a", "b"), isMarked: true);
        Write(started, started.Lines[..3], live: null, isMarked: true);
        Write(ended, ended.Lines[..3], ended.Said("a").Completed(), isMarked: false);

        // Compaction was cut off before the deletion.
        compacted.Said("a").Completed().Take();
        Write(compacted, compacted.Lines, live: null, isMarked: false);
        File.WriteAllBytes(OldLive(compacted.Key), Lines(compacted.Lines[3..]));

        // A marker that was left over, and one of a conversation that was deleted.
        idle.Completed().Take();
        Write(idle, idle.Lines, live: null, isMarked: true);
        File.WriteAllBytes(Path.Combine(Directory.Path, "unfinished", $"local~{NewConversation().Key.Id}"), []);
    }

    private void Write(ConversationScript script, IEnumerable<string> main, ConversationScript? live, bool isMarked)
    {
        File.WriteAllBytes(Directory.Main(script.Key), Lines(main));
        if (live is not null)
        {
            var head = script.Lines.Count;
            live.Take();
            File.WriteAllBytes(OldLive(script.Key), Lines(script.Lines[head..]));
        }

        var markers = System.IO.Directory.CreateDirectory(Path.Combine(Directory.Path, "unfinished")).FullName;
        if (isMarked)
        {
            File.WriteAllBytes(Path.Combine(markers, $"{OwnerFolder.NameOf(script.Key.Owner)}~{script.Key.Id}"), []);
        }
    }

    private string OldLive(ConversationKey key) => Path.Combine(Directory.Paths.Owner(key.Owner), $"{key.Id}.live.jsonl");
}
