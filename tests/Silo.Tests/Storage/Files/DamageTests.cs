using System.Text;
using OrleansChat.Journal;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>Files that no crash leaves behind. Lines are: created, asked, started, a run of deltas, completed, asked.</summary>
public sealed class DamageTests : FilesStoreTests
{
    private static readonly byte[] NotUtf8 = [0xff];

    public static TheoryData<int, string> Damages => new()
    {
        { 1, """{"type":"message.created","sequence":1,"message":"m","parent":null,"role":"user","content":"","at":"2026-08-01T12:00:00.000Z"}""" },
        { 1, """{"type":"something.new","sequence":1}""" },
        { 1, """{"type":"conversation.created","sequence":0}""" },
        { 2, "" },
        { 2, "garbage" },
        { 2, """{"type":"message.created","sequence":2""" },
        { 2, """{"type":"message.created","sequence":3,"message":"m","parent":null,"role":"user","content":"","at":"2026-08-01T12:00:00.000Z"}""" },
        { 2, """{"type":"message.created","sequence":2,"message":"m","parent":null,"role":"king","content":"","at":"2026-08-01T12:00:00.000Z"}""" },
        { 2, """{"type":"message.created","sequence":2,"message":"m","parent":null,"role":"user","content":"","at":"yesterday"}""" },
        { 2, """{"type":"conversation.created","sequence":2,"title":null,"model":"m","system":null,"metadata":{},"at":"2026-08-01T12:00:00.000Z"}""" },
        { 3, """{"type":"something.new","sequence":3,"x":}""" },
        { 2, """{"type":"message.rated","sequence":2,"stars":5}""" },
        { 4, """{"type":"reply.deltas","sequence":6,"message":"reply_3","lengths":[1,1],"text":"abc"}""" },
        { 4, """{"type":"reply.deltas","sequence":6,"message":"reply_3","lengths":[1,1,2],"text":"abc"}""" },
        { 4, """{"type":"reply.deltas","sequence":6,"message":"reply_3","lengths":[1,1,-1],"text":"abc"}""" },
        { 4, """{"type":"reply.deltas","sequence":6,"message":"reply_3","lengths":[1,1,1],"text":"abc"} """ },
        { 4, """{"type":"reply.deltas","sequence":6,"message":"reply_3","lengths":[1, 1,1],"text":"abc"}""" },
        { 4, """{"type":"reply.deltas","sequence":6,"text":"abc","lengths":[1,1,1],"message":"reply_3"}""" },
        { 4, """{"type":"reply.delta","sequence":4,"message":"reply_3"}""" },
        { 4, """{"type":"reply.delta","sequence":4,"message":"reply_3","text":"a","x":"}""" },
        { 6, """{"type":"message.created","sequence":8,"message":"m","parent":null,"role":"user","content":"\ud800","at":"x"}""" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_malformed_line_is_an_error_that_names_file_and_line(int number, string line)
    {
        var script = await WriteAsync();
        await DamageAsync(script, number, Encoding.UTF8.GetBytes(line));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(script.Key, 0, 1000, default));

        Assert.StartsWith($"{Directory.Main(script.Key)}, line {number}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_not_UTF8_is_an_error()
    {
        var script = await WriteAsync();
        var line = Encoding.UTF8.GetBytes(script.Lines[1]);
        await DamageAsync(script, 2, [.. line[..^20], .. NotUtf8, .. line[^20..]]);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(script.Key, 0, 1000, default));

        Assert.Equal($"{Directory.Main(script.Key)}, line 2: it is not UTF-8.", error.Message);
    }

    [Fact]
    public async Task Events_of_the_log_that_do_not_follow_the_main_file_are_an_error_that_names_segment_and_offset()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b"));
        Kill();
        var main = await File.ReadAllBytesAsync(Directory.Main(script.Key));
        await File.WriteAllBytesAsync(Directory.Main(script.Key), main[..(main.AsSpan(0, main.Length - 1).LastIndexOf((byte)'\n') + 1)]);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(script.Key, 0, 1000, default));

        var segment = Directory.OnlySegment();
        var offset = (await File.ReadAllBytesAsync(segment)).AsSpan().IndexOf(Lines(script.Lines[3..]));
        Assert.Equal($"{segment}, byte {offset}: it is not event 3.", error.Message);
        Assert.True(await Store.DeleteAsync(script.Key, default));
        await AssertAppendableAsync(script.Key, 0);
    }

    [Fact]
    public async Task The_others_are_as_they_were()
    {
        var older = await WriteAsync();
        var damaged = await WriteAsync();
        var newer = await WriteAsync();
        await CommitAsync(damaged.Started());
        await DamageAsync(damaged, 5, "oh"u8.ToArray());
        var error = $"{Directory.Main(damaged.Key)}, line 5: it is not event 7.";

        await AssertHoldsAsync(older);
        Assert.Equal([newer.Key.Id, older.Key.Id], (await Store.ListAsync(Owner, 2, null, default)).Select(c => c.Id));
        Assert.Empty(await Store.FindUnfinishedAsync(TimeSpan.Zero, default));
        Assert.Equal(
            Enumerable.Repeat($"Error: Conversation {damaged.Key} is damaged and left out: {error}", 2),
            Log.Entries);

        var outcomes = await Store.AppendAsync([older.Asked().Take(), damaged.Said("x").Take(), newer.Asked().Take()], default);

        Assert.Equal(AppendOutcome.Committed.Instance, outcomes[0]);
        Assert.Equal(error, Assert.IsType<InvalidDataException>(Assert.IsType<AppendOutcome.Failed>(outcomes[1]).Cause).Message);
        Assert.Equal(AppendOutcome.Committed.Instance, outcomes[2]);
    }

    [Fact]
    public async Task A_damaged_conversation_can_be_deleted()
    {
        var script = await WriteAsync();
        await DamageAsync(script, 2, "oh"u8.ToArray());

        Assert.True(await Store.DeleteAsync(script.Key, default));

        Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));
        await AssertAppendableAsync(script.Key, 0);
    }

    [Fact]
    public async Task A_damaged_conversation_that_was_repaired_is_back_without_a_restart()
    {
        var script = await WriteAsync();
        var good = await File.ReadAllBytesAsync(Directory.Main(script.Key));
        await DamageAsync(script, 2, "oh"u8.ToArray());
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(script.Key, 0, 1000, default));

        await File.WriteAllBytesAsync(Directory.Main(script.Key), good);

        await AssertHoldsAsync(script);
    }

    private async Task<ConversationScript> WriteAsync()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b", "c").Completed());
        await Store.CompactAsync(script.Key, default);
        await CommitAsync(script.Asked());
        return script;
    }

    private async Task DamageAsync(ConversationScript script, int number, byte[] line)
    {
        Close();
        var bytes = await File.ReadAllBytesAsync(Directory.Main(script.Key));
        var start = 0;
        for (var i = 1; i < number; i++)
        {
            start += bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        var end = start + bytes.AsSpan(start).IndexOf((byte)'\n');
        await File.WriteAllBytesAsync(Directory.Main(script.Key), [.. bytes[..start], .. line, .. bytes[end..]]);
    }
}
