using OrleansChat.Conversations;
using OrleansChat.Storage.Files;

namespace OrleansChat.Silo.Tests.Storage.Files;

public sealed class LayoutTests : FilesStoreTests
{
    [Fact]
    public async Task The_append_that_starts_a_reply_goes_to_the_main_file_and_all_that_follow_to_the_live_file()
    {
        var script = NewConversation();
        var main = Path.Combine(Directory.Path, "conversations", "local", $"{script.Key.Id}.jsonl");
        var live = Path.Combine(Directory.Path, "conversations", "local", $"{script.Key.Id}.live.jsonl");
        await CommitAsync(script.Created());
        await CommitAsync(script.Asked().Started());
        Assert.False(File.Exists(live));

        await CommitAsync(script.Said("a", "b"));
        await CommitAsync(script.Completed());
        await CommitAsync(script.Asked("Not compacted yet."));

        Assert.Equal(Lines(script.Lines[..3]), await File.ReadAllBytesAsync(main));
        Assert.Equal(Lines(script.Lines[3..]), await File.ReadAllBytesAsync(live));
    }

    [Fact]
    public async Task Compaction_appends_to_the_main_file_and_removes_the_live_file()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b").Completed());
        var before = await File.ReadAllBytesAsync(Directory.Main(script.Key));

        await Store.CompactAsync(script.Key, default);
        await CommitAsync(script.Asked());

        var run = $$"""{"type":"reply.deltas","sequence":5,"message":"reply_3","lengths":[1,1],"text":"ab"}""";
        var after = await File.ReadAllBytesAsync(Directory.Main(script.Key));
        Assert.Equal([.. before, .. Lines([run, .. script.Lines[5..]])], after);
        Assert.False(File.Exists(Directory.Live(script.Key)));
    }

    [Fact]
    public async Task A_conversation_is_marked_exactly_while_a_reply_runs()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        Assert.Empty(Directory.Markers());

        await CommitAsync(script.Started());
        await CommitAsync(script.Said("a"));
        Assert.Equal([$"local~{script.Key.Id}"], Directory.Markers());

        await CommitAsync(script.Completed());
        Assert.Empty(Directory.Markers());
    }

    [Fact]
    public async Task Markers_that_are_left_over_are_removed_and_other_files_left_alone()
    {
        var idle = NewConversation();
        await CommitAsync(idle.Created());
        var markers = Directory.Paths.Unfinished;
        await File.WriteAllBytesAsync(Path.Combine(markers, $"local~{idle.Key.Id}"), []);
        await File.WriteAllBytesAsync(Path.Combine(markers, $"local~{NewConversation().Key.Id}"), []);
        await File.WriteAllBytesAsync(Path.Combine(markers, "README"), []);

        Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));

        Assert.Equal(["README"], Directory.Markers());
    }

    [Fact]
    public async Task Delete_leaves_no_file()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a"));

        await Store.DeleteAsync(script.Key, default);

        Assert.Empty(System.IO.Directory.EnumerateFiles(Directory.Paths.Owner(Owner)));
        Assert.Empty(Directory.Markers());
    }

    [Theory]
    [InlineData("local", "local")]
    [InlineData("ann.b_c-d@example.org", "ann.b_c-d@example.org")]
    [InlineData("Ann", "ann+1")]
    [InlineData("aNN", "ann+6")]
    [InlineData("ann.", "ann.+0")]
    public void Owners_that_differ_in_capitals_only_have_folders_that_differ_on_any_file_system(string owner, string folder)
    {
        Assert.True(OwnerId.TryParse(owner, out var id));

        Assert.Equal(folder, OwnerFolder.NameOf(id));
        Assert.True(OwnerFolder.TryParse(folder, out var parsed));
        Assert.Equal(id, parsed);
    }

    [Fact]
    public void The_longest_owner_has_a_folder_name_that_file_systems_take()
    {
        Assert.True(OwnerId.TryParse(new string('A', OwnerId.MaxLength), out var id));

        Assert.Equal(new string('a', OwnerId.MaxLength) + "+" + new string('f', 32), OwnerFolder.NameOf(id));
        Assert.True(OwnerFolder.TryParse(OwnerFolder.NameOf(id), out var parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData("ann+")]
    [InlineData("ann+0")]
    [InlineData("ann+x")]
    [InlineData("ann+100")]
    [InlineData("Ann")]
    [InlineData("lost+found+")]
    [InlineData("")]
    public void A_folder_that_no_owner_has_names_no_owner(string folder) => Assert.False(OwnerFolder.TryParse(folder, out _));
}
