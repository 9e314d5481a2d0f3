using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;
using static OrleansChat.Api.Tests.Dialects.AiSdk.Rendering;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

public class UiStreamRendererTests
{
    [Fact]
    public void A_reply_is_a_message_of_one_step()
    {
        var block = Blocks.Of(Blocks.Started(3), Blocks.Delta(4, "msg_3", "a\n"), Blocks.Delta(5, "msg_3", "\"b\" ü"), Blocks.Completed(6, "msg_3"));

        Assert.Equal(
            """
            data: {"type":"start","messageId":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_3","messageMetadata":{"replyId":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_3","model":"demo","createdAt":"2026-11-21T08:15:30.250Z"}}

            id: 3
            data: {"type":"start-step"}

            data: {"type":"text-start","id":"text-4-1"}

            id: 4
            data: {"type":"text-delta","id":"text-4-1","delta":"a\n"}

            id: 5
            data: {"type":"text-delta","id":"text-4-1","delta":"\"b\" ü"}

            data: {"type":"text-end","id":"text-4-1"}

            data: {"type":"finish-step"}

            id: 6
            data: {"type":"finish","messageMetadata":{"finishReason":"stop","usage":{"inputTokens":3,"outputTokens":4,"totalTokens":7}}}

            data: [DONE]


            """,
            Frames(Reply, [block]));
    }

    [Fact]
    public void Thinking_calls_and_refusals_are_parts_of_their_own()
    {
        var chunks = Render(Reply, Blocks.Of(
            Blocks.Started(3),
            new ReplyReasoning("msg_3", "Hm") { Sequence = 4 },
            new ReplyReasoning("msg_3", "", "c2ln") { Sequence = 5 },
            Blocks.Delta(6, "msg_3", "Wait"),
            new ReplyToolCall("msg_3", 0, "", "call_a", "f") { Sequence = 7 },
            new ReplyToolCall("msg_3", 0, "{\"a\":") { Sequence = 8 },
            new ReplyToolCall("msg_3", 1, "not JSON", "call_b", "g") { Sequence = 9 },
            new ReplyToolCall("msg_3", 0, "\"\\n\"}") { Sequence = 10 },
            new ReplyRefusal("msg_3", "No") { Sequence = 11 },
            new ReplyCompleted("msg_3", "tool_calls", null, Blocks.At) { Sequence = 12 }));

        Assert.Equal(
            [
                """{"type":"reasoning-start","id":"reasoning-4-1"}""",
                """{"type":"reasoning-delta","id":"reasoning-4-1","delta":"Hm"}""",
                """{"type":"reasoning-end","id":"reasoning-4-1","providerMetadata":{"orleanschat":{"signature":"c2ln"}}}""",
                """{"type":"text-start","id":"text-6-2"}""",
                """{"type":"text-delta","id":"text-6-2","delta":"Wait"}""",
                """{"type":"text-end","id":"text-6-2"}""",
                """{"type":"tool-input-start","toolCallId":"call_a","toolName":"f"}""",
                """{"type":"tool-input-delta","toolCallId":"call_a","inputTextDelta":"{\"a\":"}""",
                """{"type":"tool-input-start","toolCallId":"call_b","toolName":"g"}""",
                """{"type":"tool-input-delta","toolCallId":"call_b","inputTextDelta":"not JSON"}""",
                """{"type":"tool-input-delta","toolCallId":"call_a","inputTextDelta":"\"\\n\"}"}""",
                """{"type":"text-start","id":"text-11-3","providerMetadata":{"orleanschat":{"refusal":true}}}""",
                """{"type":"text-delta","id":"text-11-3","delta":"No"}""",
                """{"type":"text-end","id":"text-11-3"}""",
                """{"type":"tool-input-available","toolCallId":"call_a","toolName":"f","input":{"a":"\n"}}""",
                """{"type":"tool-input-available","toolCallId":"call_b","toolName":"g","input":"not JSON"}""",
                """{"type":"finish-step"}""",
                """{"type":"finish","messageMetadata":{"finishReason":"tool-calls"}}""",
            ],
            chunks.Skip(2).Select(chunk => chunk.Json));
        Assert.Equal("WaitNo", StrictClient.Read(chunks));
    }

    [Fact]
    public void A_failed_reply_ends_with_its_error_and_a_cancelled_one_with_abort()
    {
        var failed = Render(Reply, Blocks.Of(
            Blocks.Started(3),
            Blocks.Delta(4, "msg_3", "a"),
            new ReplyFailed("msg_3", new ReplyError("upstream_error", "It broke.", true), null, Blocks.At) { Sequence = 5 }));
        var cancelled = Render(Reply, Blocks.Of(Blocks.Started(3), Blocks.Delta(4, "msg_3", "a"), new ReplyCancelled("msg_3", null, Blocks.At) { Sequence = 5 }));

        Assert.Equal(["text-end", "error", "finish-step", "finish"], failed.TakeLast(4).Select(chunk => chunk.Type));
        Assert.Equal("It broke.", failed[^3].Parse().GetProperty("errorText").GetString());
        Assert.Equal(["text-end", "finish-step", "abort", "finish"], cancelled.TakeLast(4).Select(chunk => chunk.Type));
        Assert.Equal("aa", StrictClient.Read(failed) + StrictClient.Read(cancelled));
    }

    [Fact]
    public void What_belongs_to_other_replies_is_passed_over()
    {
        var chunks = Render(Reply, Blocks.Of(
            Blocks.Started(3), Blocks.Delta(4, "msg_3", "a"), Blocks.Delta(5, "msg_9", "x"), Blocks.Completed(6, "msg_9"), Blocks.Completed(7, "msg_3")));

        Assert.Equal("a", StrictClient.Read(chunks));
        Assert.Equal(7, chunks[^1].Id);
    }

    [Fact]
    public void A_message_of_several_steps_is_told_as_one()
    {
        var whole = new UiReplySteps().Whole;
        var chunks = Render(whole, UiReplySteps.Events);

        Assert.Equal("So? Well.", StrictClient.Read(chunks));
        Assert.Equal(
            [
                "start", "start-step", "text-start", "text-delta", "text-end", "tool-input-start", "tool-input-delta", "tool-input-start", "tool-input-delta",
                "tool-input-available", "tool-input-available", "finish-step", "tool-output-available", "tool-output-error", "start-step",
                "message-metadata", "text-start", "text-delta", "text-end", "finish-step", "finish",
            ],
            chunks.Select(chunk => chunk.Type));
        Assert.Equal("""{"type":"tool-output-available","toolCallId":"call_a","output":{"degrees":12}}""", chunks[12].Json);
        Assert.Equal("""{"type":"tool-output-error","toolCallId":"call_b","errorText":"It rains."}""", chunks[13].Json);
        Assert.EndsWith("_9\",\"model\":\"demo\",\"createdAt\":\"2026-11-21T08:15:30.250Z\"}}", chunks[15].Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_follows_outputs_of_tools_continues_the_clients_message()
    {
        var step = new UiReplySteps().Last with { MessageId = "the-clients-own" };

        var chunks = Render(step, UiReplySteps.Events);

        Assert.Equal("the-clients-own", chunks[0].Parse().GetProperty("messageId").GetString());
        Assert.Equal(" Well.", StrictClient.Read(chunks));
    }

    [Fact]
    public void A_step_that_was_made_elsewhere_is_told_from_its_message()
    {
        var reply = Reply with { Question = "msg_5", Reply = "msg_6", Before = 3, Earlier = ["msg_4", "msg_5"] };
        var chunks = Render(reply, Blocks.Of(
            new MessageCreated("msg_4", "msg_3", MessageRole.Assistant, "Hello", Blocks.At)
            {
                Sequence = 4,
                Reasoning = [new ReasoningBlock("One", "s1"), new ReasoningBlock("Two")],
                ToolCalls = [new ToolCall("call_a", "f", "{}")],
            },
            new MessageCreated("msg_5", "msg_4", MessageRole.Tool, "", Blocks.At) { Sequence = 5, ToolResults = [new ToolResult("call_a", "12 °C")] },
            new ReplyStarted("msg_6", "msg_5", "demo", Blocks.At) { Sequence = 6 },
            Blocks.Delta(7, "msg_6", " you"),
            Blocks.Completed(8, "msg_6")));

        Assert.Equal("Hello you", StrictClient.Read(chunks));
        Assert.Equal(2, chunks.Count(chunk => chunk.Type == "reasoning-start"));
        Assert.Contains("""{"type":"tool-output-available","toolCallId":"call_a","output":"12 °C"}""", chunks.Select(chunk => chunk.Json));
    }

    [Fact]
    public void What_waits_in_the_queue_is_told_when_it_starts_and_when_it_never_does()
    {
        var waiting = Reply with { Question = "msg_7", Reply = null, Before = 6 };
        var queued = new MessageQueued("msg_7", MessageRole.User, "and?", null, true, "demo", Blocks.At) { Sequence = 7 };

        var started = Render(waiting, Blocks.Of(
            queued, Blocks.Completed(8, "msg_3"), Blocks.Asked(9), new ReplyStarted("msg_10", "msg_7", "demo", Blocks.At) { Sequence = 10 }, Blocks.Completed(11, "msg_10")));
        var taken = Render(waiting, Blocks.Of(queued, new MessageUnqueued("msg_7", Blocks.At) { Sequence = 8 }));

        Assert.Equal(["data-status", "start", "start-step", "finish-step", "finish"], started.Select(chunk => chunk.Type));
        Assert.Equal("""{"type":"data-status","data":{"status":"queued"},"transient":true}""", started[0].Json);
        Assert.Equal(["data-status", "abort", "finish"], taken.Select(chunk => chunk.Type));
    }

    [Fact]
    public void Compacted_or_not_the_frames_are_the_same() => Assert.All(RandomReplies.Some(200), reply =>
        Assert.Equal(Frames(Reply, [reply]), Frames(Reply, [ReplyCompaction.Compact(reply)])));

    [Fact]
    public void Every_reply_is_one_that_the_strictest_client_reads() => Assert.All(RandomReplies.Some(500), reply =>
    {
        var chunks = Render(Reply, reply);

        Assert.Equal(RandomReplies.SpokenIn(reply), StrictClient.Read(chunks));
        var scan = Scan(Reply, reply);
        Assert.Equal((chunks.Count, 0), (scan.Chunks, scan.Void.Count));
    });

    [Fact]
    public void From_every_chunk_and_every_event_on_the_rest_is_the_same() => Assert.All(RandomReplies.Some(60), reply =>
    {
        var all = Render(Reply, reply);
        for (var skip = 0; skip <= all.Count; skip++)
        {
            Assert.Equal(all.Skip(skip), UiChunk.Read(Frames(Reply, [reply], skip: skip)));
        }

        foreach (var seen in all.Select(chunk => chunk.Id).OfType<long>())
        {
            var last = all.ToList().FindIndex(chunk => chunk.Id == seen);
            Assert.Equal(all.Skip(last + 1), UiChunk.Read(Frames(Reply, [reply], seen: seen)));
        }
    });

    /// <summary>A message of two steps, msg_3 and msg_9, with what tools answered between, and another reply.</summary>
    private sealed class UiReplySteps
    {
        public static ImmutableArray<EventBlock> Events { get; } =
        [
            Blocks.Of(
                Blocks.Started(3),
                Blocks.Delta(4, "msg_3", "So?"),
                new ReplyToolCall("msg_3", 0, "{}", "call_a", "f") { Sequence = 5 },
                new ReplyToolCall("msg_3", 1, "{}", "call_b", "f") { Sequence = 6 },
                new ReplyCompleted("msg_3", "tool_calls", null, Blocks.At) { Sequence = 7 }),
            Blocks.Of(
                new MessageCreated("msg_8", "msg_3", MessageRole.Tool, "", Blocks.At)
                {
                    Sequence = 8,
                    ToolResults = [new ToolResult("call_a", """{"degrees":12}"""), new ToolResult("call_b", """{"error":"It rains."}""")],
                },
                Blocks.Started(9),
                Blocks.Delta(10, "msg_9", " Well."),
                Blocks.Completed(11, "msg_9")),
        ];

        public UiReply Last { get; } = new(Key, "msg_8", "msg_9", 7);

        public UiReply Whole { get; } = new(Key, "msg_8", "msg_9", 2) { Earlier = ["msg_3", "msg_8"] };
    }
}
