using OrleansChat.Conversations;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files.Live;

/// <summary>How long segments stay.</summary>
public sealed class SegmentTests : FilesStoreTests
{
    private const int SegmentBytes = 1000;
    private const int FullSegments = 3;

    public SegmentTests() => LogOptions = new LiveLogOptions { SegmentBytes = SegmentBytes, FullSegments = FullSegments };

    [Fact]
    public async Task A_segment_goes_when_it_is_full_and_all_its_replies_are_compacted()
    {
        var script = await StartAsync();
        while (Directory.Segments().Length < 2)
        {
            await CommitAsync(script.Said("a piece of a reply"));
        }

        await CommitAsync(script.Completed());
        await Store.CompactAsync(script.Key, default);
        for (var i = 0; i < 10; i++)
        {
            var next = await StartAsync();
            await CommitAsync(next.Said("a piece of another reply").Completed());
            await Store.CompactAsync(next.Key, default);
        }

        Assert.DoesNotContain(Directory.Segment(1), Directory.Segments());
        Assert.DoesNotContain(Directory.Segment(2), Directory.Segments());
        Assert.Single(Directory.Segments());
        Kill();
        await AssertHoldsAsync(script);
    }

    [Fact]
    public async Task An_unfinished_reply_that_says_nothing_keeps_no_segments_and_loses_nothing()
    {
        var (idle, marked) = (await StartAsync(), await StartAsync());
        await CommitAsync(idle.Said("a", "b"));
        await CommitAsync(idle.Said("c"));
        for (var i = 0; i < 60; i++)
        {
            var busy = await StartAsync();
            for (var j = 0; j < 3; j++)
            {
                await CommitAsync(busy.Said("a piece of a reply"));
                Assert.InRange(Directory.Segments().Length, 1, FullSegments + 1);
            }

            await CommitAsync(busy.Completed());
            await Store.CompactAsync(busy.Key, default);
            Assert.Equal(idle.Lines, await Store.ReadLinesAsync(idle.Key));
            Assert.Equal(idle.Lines[4..], await Store.ReadLinesAsync(idle.Key, after: 4, maxBytes: 1));
        }

        Assert.True(Directory.Segments()[0].CompareTo(Directory.Segment(10)) > 0);
        await AssertUnfinishedAsync(idle, marked);
        Kill();
        await AssertUnfinishedAsync(idle, marked);
        await CommitAsync(idle.Said("d").Completed());
        await Store.CompactAsync(idle.Key, default);
        await AssertHoldsAsync(idle);
    }

    [Fact]
    public async Task More_segments_stay_while_replies_need_them()
    {
        var script = await StartAsync();
        for (var i = 0; i < 200; i++)
        {
            await CommitAsync(script.Said("a piece of a long reply"));
        }

        var needed = Lines(script.Lines[3..]).Length;
        Assert.InRange(Directory.Segments().Sum(path => new FileInfo(path).Length), needed, 5 * (needed + SegmentBytes));
        await AssertHoldsAsync(script);
        Kill();
        await AssertHoldsAsync(script);
    }

    [Fact]
    public async Task A_copy_that_was_cut_off_at_any_byte_leaves_every_event_once()
    {
        var (one, two) = (await StartAsync(), await StartAsync());
        for (var i = 0; i < 4; i++)
        {
            await CommitAsync(one.Said("a", "b"));
            await CommitAsync(two.Said("c"));
        }

        Kill();
        var before = Directory.Read();
        _ = Store;
        Kill();
        var copy = Directory.OnlySegment();
        var bytes = await File.ReadAllBytesAsync(copy);
        Assert.DoesNotContain(copy, before.Keys);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Directory.Write(new Dictionary<string, byte[]>(before) { [copy] = bytes[..cut] });

            await AssertHoldsAsync(one);
            await AssertHoldsAsync(two);
            await AssertUnfinishedAsync(one, two);
            Close();
        }
    }

    [Fact]
    public async Task A_deleted_conversation_is_gone_from_the_log_within_a_minute_and_others_stay()
    {
        var (deleted, other) = (await StartAsync(), await StartAsync());
        await CommitAsync(deleted.Said("secret"));
        await CommitAsync(other.Said("a"));
        Assert.True(Contains("secret"));

        await Store.DeleteAsync(deleted.Key, default);
        Clock.Advance(TimeSpan.FromSeconds(59));
        await Store.DeleteAsync((await StartAsync()).Key, default);
        Assert.True(Contains("secret"));
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(Contains("secret"));
        await AssertHoldsAsync(other);
        Kill();
        await AssertHoldsAsync(other);
    }

    [Fact]
    public async Task A_conversation_of_the_same_key_as_a_deleted_one_has_nothing_of_it_after_a_crash()
    {
        var deleted = await StartAsync();
        await CommitAsync(deleted.Said("a", "b"));
        await Store.DeleteAsync(deleted.Key, default);
        var again = new ConversationScript(deleted.Key);
        await CommitAsync(again.Created().Asked().Started());

        Kill();

        await AssertHoldsAsync(again);
        await AssertUnfinishedAsync(again);
    }

    [Fact]
    public async Task A_deletion_that_was_cut_off_after_the_main_file_is_finished_with_the_next_start()
    {
        var (deleted, other) = (await StartAsync(), await StartAsync());
        await CommitAsync(deleted.Said("secret"));
        await CommitAsync(other.Said("a"));
        Kill();
        File.Delete(Directory.Main(deleted.Key));

        Assert.Null(await Store.ReadAsync(deleted.Key, 0, 1000, default));

        Assert.False(Contains("secret"));
        var again = new ConversationScript(deleted.Key);
        await CommitAsync(again.Created().Asked().Started());
        Kill();
        await AssertHoldsAsync(again);
        await AssertHoldsAsync(other);
    }

    [Fact]
    public async Task A_log_that_an_operator_took_away_loses_what_was_said_and_no_conversation()
    {
        var script = await StartAsync();
        await CommitAsync(script.Said("a"));
        Kill();
        File.Delete(Directory.OnlySegment());

        Assert.Equal(script.Lines[..3], await Store.ReadLinesAsync(script.Key));

        await AssertUnfinishedAsync(script);
        await AssertAppendableAsync(script.Key, 3);
    }

    private async Task<ConversationScript> StartAsync()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        return script;
    }

    private async Task AssertUnfinishedAsync(params ConversationScript[] scripts) => Assert.Equal(
        scripts.Select(script => script.Key.Id.Value),
        (await Store.FindUnfinishedAsync(TimeSpan.Zero, default)).Select((ConversationKey key) => key.Id.Value).Order(StringComparer.Ordinal));

    private bool Contains(string text) => Directory.Segments().Any(path => File.ReadAllText(path).Contains(text, StringComparison.Ordinal));
}
