using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Generation;
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
            new ConversationCreated(null, "demo", null, ImmutableSortedDictionary<string, string>.Empty, Blocks.At) { Sequence = 1, Transient = true },
            """{"type":"conversation.created","sequence":1,"title":null,"model":"demo","system":null,"metadata":{},"at":"2026-11-21T08:15:30.250Z","transient":true}"""
        },
        {
            new MessageDeleted("msg_5", Blocks.At) { Sequence = 6 },
            """{"type":"message.deleted","sequence":6,"message":"msg_5","at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new MessageCreated("msg_6", "msg_4", MessageRole.Assistant, "", Blocks.At) { Sequence = 6, Reasoning = [new ReasoningBlock("Hm", "c2ln")], Refusal = "No." },
            """{"type":"message.created","sequence":6,"message":"msg_6","parent":"msg_4","role":"assistant","content":"","at":"2026-11-21T08:15:30.250Z","reasoning":[{"text":"Hm","signature":"c2ln"}],"refusal":"No."}"""
        },
        {
            new MessageQueued("msg_5", MessageRole.System, "Now", null, Follows: true, "demo", Blocks.At)
            {
                Sequence = 5,
                Preceding =
                [
                    new PrecedingMessage(MessageRole.User, "Look") { Parts = [new ContentPart(ContentPartType.Text, "Look")] },
                    new PrecedingMessage(MessageRole.Assistant, "") { ToolCalls = [new ToolCall("call_1", "f", "{}")], Reasoning = [new ReasoningBlock("Hm")], Refusal = "No." },
                    new PrecedingMessage(MessageRole.Tool, "") { ToolResults = [new ToolResult("call_1", "12 °C")] },
                ],
            },
            """{"type":"message.queued","sequence":5,"message":"msg_5","role":"system","content":"Now","parent":null,"follows":true,"model":"demo","at":"2026-11-21T08:15:30.250Z","preceding":[{"role":"user","content":"Look","parts":[{"type":"text","text":"Look"}]},{"role":"assistant","content":"","tool_calls":[{"id":"call_1","name":"f","arguments":"{}"}],"reasoning":[{"text":"Hm"}],"refusal":"No."},{"role":"tool","content":"","tool_results":[{"tool_call_id":"call_1","content":"12 °C"}]}]}"""
        },
        {
            new ReplyStarted("msg_4", "msg_3", "demo", Blocks.At)
            {
                Sequence = 4,
                Options = new GenerationOptions { Instructions = "Be brief.", FrequencyPenalty = -2, PresencePenalty = 0.5, ReasoningEffort = ReasoningEffort.Minimal, Verbosity = Verbosity.Low },
            },
            """{"type":"reply.started","sequence":4,"message":"msg_4","parent":"msg_3","model":"demo","at":"2026-11-21T08:15:30.250Z","options":{"instructions":"Be brief.","frequency_penalty":-2,"presence_penalty":0.5,"reasoning_effort":"minimal","verbosity":"low"}}"""
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
            new MessageCreated("msg_3", null, MessageRole.User, "Look", Blocks.At)
            {
                Sequence = 3,
                Parts = [new ContentPart(ContentPartType.Text, "Look"), new ContentPart(ContentPartType.Image, Url: "https://x.example/a.png", MediaType: "image/png", Detail: "low")],
            },
            """{"type":"message.created","sequence":3,"message":"msg_3","parent":null,"role":"user","content":"Look","at":"2026-11-21T08:15:30.250Z","parts":[{"type":"text","text":"Look"},{"type":"image","url":"https://x.example/a.png","media_type":"image/png","detail":"low"}]}"""
        },
        {
            new MessageCreated("msg_6", "msg_4", MessageRole.Tool, "", Blocks.At, "r1") { Sequence = 6, ToolResults = [new ToolResult("call_1", "12 °C")] },
            """{"type":"message.created","sequence":6,"message":"msg_6","parent":"msg_4","role":"tool","content":"","at":"2026-11-21T08:15:30.250Z","request":"r1","tool_results":[{"tool_call_id":"call_1","content":"12 °C"}]}"""
        },
        {
            new MessageCreated("msg_6", "msg_4", MessageRole.Assistant, "", Blocks.At) { Sequence = 6, ToolCalls = [new ToolCall("call_1", "f", "{\"a\": 1}")] },
            """{"type":"message.created","sequence":6,"message":"msg_6","parent":"msg_4","role":"assistant","content":"","at":"2026-11-21T08:15:30.250Z","tool_calls":[{"id":"call_1","name":"f","arguments":"{\"a\": 1}"}]}"""
        },
        {
            new MessageQueued("msg_5", MessageRole.Tool, "", "msg_3", Follows: false, "demo", Blocks.At)
            {
                Sequence = 5, ToolResults = [new ToolResult("call_1", "")], Options = new GenerationOptions { Temperature = 0.5 },
            },
            """{"type":"message.queued","sequence":5,"message":"msg_5","role":"tool","content":"","parent":"msg_3","follows":false,"model":"demo","at":"2026-11-21T08:15:30.250Z","tool_results":[{"tool_call_id":"call_1","content":""}],"options":{"temperature":0.5}}"""
        },
        {
            new ReplyStarted("msg_4", "msg_3", "demo", Blocks.At) { Sequence = 4, Options = AllOptions },
            """{"type":"reply.started","sequence":4,"message":"msg_4","parent":"msg_3","model":"demo","at":"2026-11-21T08:15:30.250Z","options":{"temperature":0.7,"top_p":0.9,"max_output_tokens":100,"stop":["END"],"seed":-7,"response_format":{"type":"json_schema","name":"city","description":"A city","schema":{"type":"object","x":1e3},"strict":true},"tools":[{"name":"f","description":"Does it","parameters":{"type":"object"},"strict":false},{"name":"g"}],"tool_choice":{"name":"f"},"parallel_tool_calls":false}}"""
        },
        {
            new ReplyReasoning("msg_4", "Hm \"so\"") { Sequence = 5 },
            """{"type":"reply.reasoning","sequence":5,"message":"msg_4","text":"Hm \"so\""}"""
        },
        {
            new ReplyReasoning("msg_4", "", "c2ln") { Sequence = 5 },
            """{"type":"reply.reasoning","sequence":5,"message":"msg_4","signature":"c2ln","text":""}"""
        },
        {
            new ReplyToolCall("msg_4", 0, "", "call_1", "get_weather") { Sequence = 5 },
            """{"type":"reply.tool_call","sequence":5,"message":"msg_4","index":0,"id":"call_1","name":"get_weather","arguments":""}"""
        },
        {
            new ReplyToolCall("msg_4", 1, "{\"city\"") { Sequence = 5 },
            """{"type":"reply.tool_call","sequence":5,"message":"msg_4","index":1,"arguments":"{\"city\""}"""
        },
        {
            new ReplyRefusal("msg_4", "No.") { Sequence = 5 },
            """{"type":"reply.refusal","sequence":5,"message":"msg_4","text":"No."}"""
        },
        {
            new ReplyCancelled("msg_4", null, Blocks.At, AtSequence: 6, TextLength: 11, ReasoningLength: 3, RefusalLength: 0) { Sequence = 8 },
            """{"type":"reply.cancelled","sequence":8,"at_sequence":6,"text_length":11,"reasoning_length":3,"refusal_length":0,"message":"msg_4","at":"2026-11-21T08:15:30.250Z"}"""
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
            new ReplyCompleted("msg_4", "stop", null, Blocks.At) { Sequence = 6, AnsweredBy = "spare" },
            """{"type":"reply.completed","sequence":6,"finish_reason":"stop","message":"msg_4","at":"2026-11-21T08:15:30.250Z","answered_by":"spare"}"""
        },
        {
            new ReplyCompleted("msg_4", "stop", null, Blocks.At) { Sequence = 6, AnsweredBy = "spare", Imported = true },
            """{"type":"reply.completed","sequence":6,"finish_reason":"stop","message":"msg_4","at":"2026-11-21T08:15:30.250Z","answered_by":"spare","imported":true}"""
        },
        {
            new ReplyCompleted("msg_4", "stop", new TokenUsage(12, 40) { CachedInputTokens = 8, ReasoningTokens = 0, Estimated = true }, Blocks.At)
            {
                Sequence = 6, AnsweredBy = "gpt", Cost = new ReplyCost(0.00012m, "USD"),
            },
            """{"type":"reply.completed","sequence":6,"finish_reason":"stop","message":"msg_4","usage":{"input_tokens":12,"output_tokens":40,"cached_input_tokens":8,"reasoning_tokens":0,"estimated":true},"at":"2026-11-21T08:15:30.250Z","answered_by":"gpt","cost":{"amount":0.00012,"currency":"USD"}}"""
        },
        {
            new ReplyContinued("msg_4", 1, Blocks.At) { Sequence = 6, Usage = new TokenUsage(12, 4) { Estimated = true } },
            """{"type":"reply.continued","sequence":6,"message":"msg_4","attempt":1,"at":"2026-11-21T08:15:30.250Z","usage":{"input_tokens":12,"output_tokens":4,"estimated":true}}"""
        },
        {
            new ReplyContext("msg_4", 2, "msg_3", Summarized: false, 812, Blocks.At) { Sequence = 5 },
            """{"type":"reply.context","sequence":5,"message":"msg_4","dropped_messages":2,"first_kept":"msg_3","summarized":false,"input_tokens_estimated":812,"at":"2026-11-21T08:15:30.250Z"}"""
        },
        {
            new ReplyContext("msg_4", 2, "msg_3", Summarized: true, 812, Blocks.At, "In short.") { Sequence = 5 },
            """{"type":"reply.context","sequence":5,"message":"msg_4","dropped_messages":2,"first_kept":"msg_3","summarized":true,"input_tokens_estimated":812,"at":"2026-11-21T08:15:30.250Z","summary":"In short."}"""
        },
        {
            new ReplyFailed("msg_4", new ReplyError("upstream_error", "It failed.", Retryable: true), null, Blocks.At) { Sequence = 7 },
            """{"type":"reply.failed","sequence":7,"error":{"code":"upstream_error","message":"It failed.","retryable":true},"message":"msg_4","at":"2026-11-21T08:15:30.250Z"}"""
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

    private static GenerationOptions AllOptions => new()
    {
        Temperature = 0.7,
        TopP = 0.9,
        MaxOutputTokens = 100,
        Stop = ["END"],
        Seed = -7,
        ResponseFormat = new ResponseFormat(ResponseFormatType.JsonSchema, "city", "A city", new RawJson("""{"type":"object","x":1e3}"""), Strict: true),
        Tools = [new ToolDefinition("f", "Does it", new RawJson("""{"type":"object"}"""), Strict: false), new ToolDefinition("g")],
        ToolChoice = new ToolChoice(ToolChoiceMode.Named, "f"),
        ParallelToolCalls = false,
    };

    [Theory, MemberData(nameof(Golden))]
    public void An_event_is_written_to_the_letter_and_read_back_equal(ConversationEvent written, string json)
    {
        var block = Blocks.Of(written);

        Assert.Equal(json + "\n", block.Text());
        var read = EventJson.Parse(block.Lines.Span[..^1]);
        Assert.Equal(written.GetType(), read.GetType());
        Assert.Equal(json, Serialized(read)[..^1]);
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

    [Theory]
    [InlineData("""{ "b" : [ 1.50, "\u00e9\n" ],\n "a" : null }""", """{"b":[1.50,"é\n"],"a":null}""")]
    [InlineData("\"\u2028\"", "\"\\u2028\"")]
    public void Raw_JSON_keeps_its_order_and_numbers_and_loses_its_line_breaks(string given, string kept)
    {
        given = given.Replace("\\n \"a\"", "\n \"a\"", StringComparison.Ordinal);
        var options = $$$"""{"type":"reply.started","sequence":4,"message":"m","parent":"p","model":"d","at":"2026-11-21T08:15:30.250Z","options":{"tools":[{"name":"f","parameters":{{{given}}}}]}}""";

        var read = Assert.IsType<ReplyStarted>(EventJson.Parse(Encoding.UTF8.GetBytes(options)));

        Assert.Equal(kept, read.Options!.Tools!.Value[0].Parameters!.Text);
    }

    [Theory]
    [InlineData("auto", "\"auto\"")]
    [InlineData("none", "\"none\"")]
    [InlineData("required", "\"required\"")]
    public void A_choice_of_tools_is_a_word_or_a_name(string word, string json)
    {
        var started = new ReplyStarted("m", "p", "d", Blocks.At) { Sequence = 1, Options = new GenerationOptions { ToolChoice = new ToolChoice(Enum.Parse<ToolChoiceMode>(word, ignoreCase: true)) } };

        Assert.EndsWith($"\"options\":{{\"tool_choice\":{json}}}}}\n", Blocks.Of(started).Text(), StringComparison.Ordinal);
        Assert.Equal(started.Options, ((ReplyStarted)EventJson.Parse(Blocks.Of(started).Lines.Span[..^1])).Options);
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
}
