using System.Text;
using OrleansChat.Journal;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files.Live;

/// <summary>What a crash can leave of the log, and what it cannot.</summary>
public sealed class TornLogTests : FilesStoreTests
{
    [Fact]
    public async Task Cut_at_any_byte_the_last_commit_is_gone_and_all_before_it_is_there()
    {
        var (one, two, image, start) = await WriteAsync();
        var segment = Directory.OnlySegment();
        for (var cut = start; cut <= image[segment].Length; cut++)
        {
            Directory.Write(new Dictionary<string, byte[]>(image) { [segment] = image[segment][..cut] });

            await AssertHeadsAsync(one, two, whole: cut == image[segment].Length);
        }
    }

    [Fact]
    public async Task With_any_byte_of_the_last_commit_lost_the_commit_is_gone_and_all_before_it_is_there()
    {
        var (one, two, image, start) = await WriteAsync();
        var segment = Directory.OnlySegment();
        for (var lost = start; lost < image[segment].Length; lost++)
        {
            var bytes = image[segment].ToArray();
            bytes[lost] = 0;
            Directory.Write(new Dictionary<string, byte[]>(image) { [segment] = bytes });

            await AssertHeadsAsync(one, two, whole: false);
        }
    }

    [Fact]
    public async Task Any_byte_lost_before_the_last_commit_stops_the_start_with_segment_and_offset()
    {
        var (_, _, image, start) = await WriteAsync();
        var segment = Directory.OnlySegment();
        var starts = StartsOf(image[segment]);
        for (var lost = 0; lost < start; lost += 7)
        {
            var bytes = image[segment].ToArray();
            bytes[lost] ^= 1;
            Directory.Write(new Dictionary<string, byte[]>(image) { [segment] = bytes });

            var error = Assert.Throws<InvalidDataException>(() => _ = Store);

            var commit = starts.FindLastIndex(offset => offset <= lost);
            Assert.StartsWith($"{segment}, byte {starts[commit]}: commit {commit + 1} is damaged.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_the_last_segment_may_be_torn()
    {
        LogOptions = new LiveLogOptions { SegmentBytes = 1 };
        var (_, _, image, _) = await WriteAsync();
        var segment = Directory.Segments()[^2];
        Directory.Write(new Dictionary<string, byte[]>(image) { [segment] = image[segment][..^1] });

        var error = Assert.Throws<InvalidDataException>(() => _ = Store);

        Assert.StartsWith($"{segment}, byte 0: commit 1 is damaged.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cutting_a_commit_is_logged_with_the_file_and_how_much_was_lost()
    {
        var (_, _, image, start) = await WriteAsync();
        var segment = Directory.OnlySegment();
        Directory.Write(new Dictionary<string, byte[]>(image) { [segment] = image[segment][..^1] });

        _ = Store;

        Assert.Equal(
            [
                $"Warning: {segment} ended within a commit, as a write that was cut off leaves it: "
                + $"{image[segment].Length - 1 - start} bytes were removed, {start} kept.",
            ],
            Log.Entries);
    }

    [Fact]
    public async Task Killed_after_any_append_a_reply_that_runs_is_found()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        Kill();
        Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));
        foreach (var next in new[] { script.Started, () => script.Said("a"), () => script.Updated("b"), () => script.Said("c", "d") })
        {
            await CommitAsync(next());
            Kill();
            Assert.Equal(script.Key, Assert.Single(await Store.FindUnfinishedAsync(TimeSpan.Zero, default)));
            await AssertHoldsAsync(script);
        }

        await CommitAsync(script.Completed());
        Kill();
        Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task Killed_between_the_note_that_a_reply_starts_and_the_main_file_no_reply_runs_and_one_can_start()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        var before = Directory.Read();
        var append = script.Started().Take();
        await AppendAsync(append);
        Kill();
        var after = Directory.Read();
        var main = Directory.Main(script.Key);
        for (var cut = before[main].Length; cut < after[main].Length; cut++)
        {
            Directory.Write(new Dictionary<string, byte[]>(after) { [main] = after[main][..cut] });

            Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));
            Assert.Equal(script.Lines[..^1], await Store.ReadLinesAsync(script.Key));
            Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(append));
            Kill();
            Assert.Equal(script.Key, Assert.Single(await Store.FindUnfinishedAsync(TimeSpan.Zero, default)));
            Close();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_at_any_byte_messages_that_came_together_are_all_there_or_none_is(bool startsReply)
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        script.Asked("one").Asked("two");
        await CommitAsync(startsReply ? script.Started() : script);
        Kill();
        var image = Directory.Read();
        var segment = Directory.OnlySegment();
        for (var cut = StartsOf(image[segment])[^1]; cut <= image[segment].Length; cut++)
        {
            Directory.Write(new Dictionary<string, byte[]>(image) { [segment] = image[segment][..cut] });

            var whole = cut == image[segment].Length;
            Assert.Equal(whole ? script.Lines : script.Lines[..1], await Store.ReadLinesAsync(script.Key));
            Assert.Equal(whole && startsReply ? 1 : 0, (await Store.FindUnfinishedAsync(TimeSpan.Zero, default)).Length);
            await AssertAppendableAsync(script.Key, whole ? script.Head : 1);
            Close();
        }
    }

    // Two running replies, and the files when their last commit, for both, was written.
    private async Task<(ConversationScript One, ConversationScript Two, Dictionary<string, byte[]> Image, int Start)> WriteAsync()
    {
        var (one, two) = (NewConversation(), NewConversation());
        await CommitAsync(one.Created().Asked().Started());
        await CommitAsync(two.Created().Asked().Started());
        await Store.AppendAsync([one.Said("a").Take(), two.Said("b", "語").Take()], default);
        await Store.AppendAsync([one.Said("c").Take(), two.Said("Wörter", "👋").Take()], default);
        Kill();
        var image = Directory.Read();
        return (one, two, image, StartsOf(image[Directory.Segments()[^1]])[^1]);
    }

    private static List<int> StartsOf(byte[] segment)
    {
        var starts = new List<int>();
        for (var i = 0; i < segment.Length; i++)
        {
            if (Encoding.UTF8.GetBytes("{\"commit\":").AsSpan().SequenceEqual(segment.AsSpan(i, Math.Min(10, segment.Length - i))))
            {
                starts.Add(i);
            }
        }

        return starts;
    }

    private async Task AssertHeadsAsync(ConversationScript one, ConversationScript two, bool whole)
    {
        Assert.Equal(whole ? one.Lines : one.Lines[..^1], await Store.ReadLinesAsync(one.Key));
        Assert.Equal(whole ? two.Lines : two.Lines[..^2], await Store.ReadLinesAsync(two.Key));
        Assert.Equal(2, (await Store.FindUnfinishedAsync(TimeSpan.Zero, default)).Length);
        await AssertAppendableAsync(one.Key, whole ? one.Head : one.Head - 1);
        Close();
    }
}
