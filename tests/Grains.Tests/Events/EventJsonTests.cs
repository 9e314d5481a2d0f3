using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Events;

/// <summary>The JSON of each event to the letter: journals that exist are read by it, and clients too.</summary>
public class EventJsonTests
{
    public static TheoryData<ConversationEvent, string> Golden => new()
    {
        {
            new ConversationCreated("T", "demo", "S", ImmutableSortedDictionary<string, string>.Empty.Add("k", "v"), Blocks.At) { Sequence = 1 },
            """{"type":"conversation.created","sequence":1,"title":"T","model":"demo","system":"S","metadata":{"k":"v"},"at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ConversationUpdated(null, "demo", null, ImmutableSortedDictionary<string, string>.Empty, Blocks.At) { Sequence = 2 },
            """{"type":"conversation.updated","sequence":2,"title":null,"model":"demo","system":null,"metadata":{},"at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new MessageCreated("msg_3", "msg_2", MessageRole.User, "hi", Blocks.At) { Sequence = 3 },
            """{"type":"message.created","sequence":3,"message":"msg_3","parent":"msg_2","role":"user","content":"hi","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new MessageCreated("msg_3", null, MessageRole.User, "hi", Blocks.At, "r1") { Sequence = 3 },
            """{"type":"message.created","sequence":3,"message":"msg_3","parent":null,"role":"user","content":"hi","at":"2026-11-21T08:15:30.250Z","request":"r1"}"""
        },
        {
            new MessageCreated("msg_3", null, MessageRole.User, "hi", Blocks.At, "r1", "f1") { Sequence = 3 },
            """{"type":"message.created","sequence":3,"message":"msg_3","parent":null,"role":"user","content":"hi","at":"2026-11-21T08:15:30.250Z","request":"r1","fingerprint":"f1"}"""
        },
        {
            new MessageQueued("msg_5", MessageRole.User, "and?", null, Follows: true, "demo", Blocks.At, "r2", "f2") { Sequence = 5 },
            """{"type":"message.queued","sequence":5,"message":"msg_5","role":"user","content":"and?","parent":null,"follows":true,"model":"demo","at":"2026-11-21T08:15:30.250Z","request":"r2","fingerprint":"f2"}"""
        },
        {
            new MessageQueued("msg_5", MessageRole.Assistant, null, "msg_3", Follows: false, "demo", Blocks.At) { Sequence = 5 },
            """{"type":"message.queued","sequence":5,"message":"msg_5","role":"assistant","content":null,"parent":"msg_3","follows":false,"model":"demo","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new MessageUnqueued("msg_5", Blocks.At) { Sequence = 6 },
            """{"type":"message.unqueued","sequence":6,"message":"msg_5","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new HeadMoved("msg_3", Blocks.At) { Sequence = 6 },
            """{"type":"head.moved","sequence":6,"message":"msg_3","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyStarted("msg_4", "msg_3", "demo", Blocks.At, "r3", "f3") { Sequence = 4 },
            """{"type":"reply.started","sequence":4,"message":"msg_4","parent":"msg_3","model":"demo","at":"2026-11-21T08:15:30.250Z","request":"r3","fingerprint":"f3"}"""
        },
        {
            new ReplyCancelled("msg_4", null, Blocks.At, AtSequence: 6, TextLength: 11) { Sequence = 8 },
            """{"type":"reply.cancelled","sequence":8,"at_sequence":6,"text_length":11,"message":"msg_4","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyStarted("msg_4", "msg_3", "demo", Blocks.At) { Sequence = 4 },
            """{"type":"reply.started","sequence":4,"message":"msg_4","parent":"msg_3","model":"demo","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyDelta("msg_4", "a \"b\" \\ \n ü 👩‍🚀 \u2028 שלום <i>") { Sequence = 5 },
            """{"type":"reply.delta","sequence":5,"message":"msg_4","text":"a \"b\" \\ \n ü 👩‍🚀 \u2028 שלום <i>"}"""
        },
        {
            new ReplyAttached("msg_4", "MDpyZXNwXzE/+A==") { Sequence = 5 },
            """{"type":"reply.attached","sequence":5,"message":"msg_4","token":"MDpyZXNwXzE/+A=="}"""
        },
        {
            new ReplyContinued("msg_4", 1, Blocks.At) { Sequence = 6 },
            """{"type":"reply.continued","sequence":6,"message":"msg_4","attempt":1,"at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyRestarted("msg_4", 2, Blocks.At) { Sequence = 6 },
            """{"type":"reply.restarted","sequence":6,"message":"msg_4","attempt":2,"at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyCompleted("msg_4", "stop", new TokenUsage(12, 40), Blocks.At) { Sequence = 6 },
            """{"type":"reply.completed","sequence":6,"finish_reason":"stop","message":"msg_4","usage":{"input_tokens":12,"output_tokens":40},"at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyFailed("msg_4", new ReplyError("upstream_error", "It failed."), null, Blocks.At) { Sequence = 7 },
            """{"type":"reply.failed","sequence":7,"error":{"code":"upstream_error","message":"It failed."},"message":"msg_4","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyCancelled("msg_4", null, Blocks.At) { Sequence = 8 },
            """{"type":"reply.cancelled","sequence":8,"message":"msg_4","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyInterrupted("msg_4", null, Blocks.At) { Sequence = 9 },
            """{"type":"reply.interrupted","sequence":9,"message":"msg_4","at":"2026-11-21T08:15:30.250Z"}"""
        },
    };

    [Theory, MemberData(nameof(Golden))]
    public void An_event_is_written_to_the_letter_and_read_back_equal(ConversationEvent written, string json)
    {
        var block = Blocks.Of(written);

        Assert.Equal(json + "\n", block.Text());
        Assert.Equal(written, EventJson.Parse(block.Lines.Span[..^1]), EventComparer.Instance);
    }

    [Theory]
    [InlineData("all of it plain, euro€ emoji😀 slash/ <i>")]
    [InlineData("tab\t quote\" euro€ emoji😀 control\u0001\u007f\u0085 slash/ nul\0")]
    public void A_delta_written_by_hand_equals_the_serializer_s(string text)
    {
        ConversationEvent delta = new ReplyDelta("msg_4", text) { Sequence = 12 };

        Assert.Equal(Serialized(delta), Blocks.Of(delta).Text());
        Assert.Equal(delta, EventJson.Parse(Blocks.Of(delta).Lines.Span[..^1]));
    }

    [Fact]
    public void Every_character_is_written_as_the_serializer_writes_it()
    {
        for (var code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 0x101)
        {
            if (Rune.IsValid(code))
            {
                ConversationEvent delta = new ReplyDelta("msg_4", $"a{new Rune(code)}") { Sequence = 12 };
                Assert.Equal(Serialized(delta), Blocks.Of(delta).Text());
            }
        }
    }

    private static string Serialized(ConversationEvent next)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ReadableEncoder.Instance });
        JsonSerializer.Serialize(writer, next, EventJson.Default.ConversationEvent);
        writer.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan) + "\n";
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        // Not inline data: attributes are stored as UTF-8, which has no halves.
        var (high, low) = ((char)0xD83D, (char)0xDE00);
        (string Said, string Written)[] cases =
        [
            ($"a{high}", "a\ufffd"), ($"{low}b", "\ufffdb"), ($"{low}{high}", "\ufffd\ufffd"), ($"😀{high}😀", "😀\ufffd😀"), ($"{high}\"", "\ufffd\""),
        ];
        foreach (var (said, written) in cases)
        {
            var read = EventJson.Parse(Blocks.Of(new ReplyDelta("msg_4", said) { Sequence = 5 }).Lines.Span[..^1]);
            Assert.Equal(written, ((ReplyDelta)read).Text);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"reply.delta","sequence":1,"sequence":2,"message":"m","text":"t"}""")]
    [InlineData("""{"type":"reply.exploded","sequence":1}""")]
    public void What_is_no_event_is_refused(string json)
    {
        Assert.ThrowsAny<Exception>(() => EventJson.Parse(System.Text.Encoding.UTF8.GetBytes(json)));
    }

    // Records compare their dictionaries by reference.
    private sealed class EventComparer : IEqualityComparer<ConversationEvent>
    {
        public static readonly EventComparer Instance = new();

        public bool Equals(ConversationEvent? x, ConversationEvent? y) => (x, y) switch
        {
            (ConversationCreated a, ConversationCreated b) => a.Metadata.SequenceEqual(b.Metadata) && a with { Metadata = b.Metadata } == b,
            (ConversationUpdated a, ConversationUpdated b) => a.Metadata.SequenceEqual(b.Metadata) && a with { Metadata = b.Metadata } == b,
            _ => x == y,
        };

        public int GetHashCode(ConversationEvent obj) => obj.Sequence.GetHashCode();
    }
}
