using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Storage.Files;

namespace OrleansChat.Silo.Tests.Storage.Files;

public sealed class LayoutTests : FilesStoreTests
{
    [Fact]
    public async Task The_append_that_starts_a_reply_goes_to_the_main_file_and_all_that_follow_to_the_log()
    {
        var script = NewConversation();
        var main = Path.Combine(Directory.Path, "conversations", "local", $"{script.Key.Id}.jsonl");
        var log = Path.Combine(Directory.Path, "live", "0000000001.jsonl");
        await CommitAsync(script.Created());
        Assert.Empty(Directory.Segments());
        await CommitAsync(script.Asked().Started());

        await CommitAsync(script.Said("a", "b"));
        await CommitAsync(script.Completed());
        await CommitAsync(script.Asked("Not compacted yet."));

        Assert.Equal(Lines(script.Lines[..3]), await File.ReadAllBytesAsync(main));
        var records = (await File.ReadAllLinesAsync(log)).Where(line => !line.StartsWith("{\"commit\"", StringComparison.Ordinal));
        Assert.Equal(
            [
                $$"""{"conversation":"{{script.Key}}","first":2,"last":3,"bytes":0}""",
                $$"""{"conversation":"{{script.Key}}","first":4,"last":5,"bytes":{{Lines(script.Lines[3..5]).Length}}}""",
                .. script.Lines[3..5],
                $$"""{"conversation":"{{script.Key}}","first":6,"last":6,"bytes":{{Lines(script.Lines[5..6]).Length}}}""",
                .. script.Lines[5..6],
                $$"""{"conversation":"{{script.Key}}","first":7,"last":7,"bytes":{{Lines(script.Lines[6..7]).Length}}}""",
                .. script.Lines[6..7],
            ],
            records);
    }

    [Fact]
    public async Task Every_line_of_the_log_is_JSON()
    {
        var (script, other) = (NewConversation(), NewConversation());
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a\nb").Completed());
        await Store.CompactAsync(script.Key, default);
        await CommitAsync(other.Created().Asked().Started());
        await Store.DeleteAsync(other.Key, default);

        var lines = await File.ReadAllLinesAsync(Directory.OnlySegment());

        Assert.All(lines, (string line) => JsonDocument.Parse(line).Dispose());
        Assert.Contains($$"""{"conversation":"{{script.Key}}","settled":5}""", lines);
        Assert.Contains($$"""{"conversation":"{{other.Key}}","deleted":true}""", lines);
    }

    [Fact]
    public async Task Compaction_appends_to_the_main_file_and_closing_removes_a_log_that_nobody_needs()
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
        Close();
        Assert.Empty(Directory.Segments());
    }

    [Fact]
    public async Task Delete_leaves_no_file()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a"));

        await Store.DeleteAsync(script.Key, default);

        Assert.Empty(System.IO.Directory.EnumerateFiles(Directory.Paths.Owner(Owner)));
        Clock.Advance(LogOptions.EraseAfter);
        Assert.Empty(Directory.Segments());
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
