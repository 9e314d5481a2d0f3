using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.ChatCompletions;

/// <summary>However a reply is read, its chunks say the same.</summary>
public sealed class ChatCompletionPropertyTests
{
    private static readonly string[] Texts = ["a", "ü", "😀", "\n\n", "\"}", "\\", "data: ", "\u2028", " long text ", "</s>"];

    // A byte of kind and a byte of text make a piece, so that failures shrink to the shortest reply.
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40);

    [Fact]
    public void Live_replayed_merged_and_split_they_say_the_same() => Check((events, split) =>
    {
        var live = RenderedChunks.Of(events.Select(each => Blocks.Of(each))).Said;
        var whole = Blocks.Of([.. events]);

        Assert.Equal(live, RenderedChunks.Of([whole]).Said);
        Assert.Equal(live, RenderedChunks.Of([ReplyCompaction.Compact(whole)]).Said);
        Assert.Equal(live, RenderedChunks.Of(Split(events, split).Select(ReplyCompaction.Compact)).Said);
    });

    [Fact]
    public void Cut_after_any_chunk_and_resumed_from_any_form_they_say_the_same() => Check((events, split) =>
    {
        var whole = Blocks.Of([.. events]);
        var stored = ReplyCompaction.Compact(whole);
        var live = RenderedChunks.Of(Split(events, split));
        for (var cut = 0; cut <= live.Items.Count; cut++)
        {
            var seen = live.Items.Take(cut).ToList();
            var cursor = long.Parse(seen.LastOrDefault(item => item.Id is not null).Id ?? "0", CultureInfo.InvariantCulture);
            foreach (var form in new[] { whole, stored })
            {
                var rest = RenderedChunks.Of([form], cursor);

                Assert.Equal(live.Said, RenderedChunks.Say([.. seen, .. rest.Items]));
                Assert.Equal("[DONE]", rest.Items[^1].Data);
                Assert.All(rest.Items.Where(item => item.Id is not null), item => Assert.True(long.Parse(item.Id!, CultureInfo.InvariantCulture) > cursor));
            }
        }
    });

    [Fact]
    public void All_readers_of_a_form_get_the_same_bytes() => Check((events, split) =>
    {
        var blocks = Split(events, split).ToList();

        Assert.Equal(RenderedChunks.Of(blocks).Items, RenderedChunks.Of(blocks).Items);
    });

    private static void Check(Action<List<ConversationEvent>, byte> property) => Prop.ForAll<byte[], byte>(
            ArbMap.Default.ArbFor<byte[]>(),
            ArbMap.Default.ArbFor<byte>(),
            (bytes, split) => property(EventsOf(bytes), split))
        .Check(Thorough);

    private static List<ConversationEvent> EventsOf(byte[] bytes)
    {
        var events = new List<ConversationEvent> { Blocks.Started(3) };
        var calls = 0;
        foreach (var pair in bytes.Chunk(2).Where(pair => pair.Length == 2))
        {
            var (sequence, text) = (events.Count + 3, Texts[pair[1] % Texts.Length]);
            events.Add((pair[0] % 7) switch
            {
                0 or 1 => Blocks.Delta(sequence, "msg_3", text),
                2 => new ReplyReasoning("msg_3", text) { Sequence = sequence },
                3 => new ReplyReasoning("msg_3", "", text) { Sequence = sequence },
                4 => new ReplyRefusal("msg_3", text) { Sequence = sequence },
                5 when calls > 0 => new ReplyToolCall("msg_3", pair[1] % calls, text) { Sequence = sequence },
                _ => new ReplyToolCall("msg_3", calls, "", $"call_{calls++}", $"f{text}") { Sequence = sequence },
            });
        }

        events.Add(Blocks.Completed(events.Count + 3, "msg_3"));
        return events;
    }

    private static IEnumerable<EventBlock> Split(List<ConversationEvent> events, byte size) =>
        events.Chunk((size % 5) + 1).Select(chunk => Blocks.Of(chunk));
}
