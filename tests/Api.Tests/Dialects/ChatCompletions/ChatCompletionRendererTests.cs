using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.ChatCompletions;

/// <summary>Replies as chunks.</summary>
public class ChatCompletionRendererTests
{
    [Fact]
    public void A_reply_is_a_role_pieces_a_reason_the_usage_and_the_end_mark()
    {
        var rendered = RenderedChunks.Of([Reply(Blocks.Delta(4, "msg_3", "a\n\"b\""))], includeUsage: true);

        Assert.Equal(
            [
                ("3", """{"id":"chatcmpl-x_3","object":"chat.completion.chunk","created":1795248930,"model":"demo","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}"""),
                ("4", """{"id":"chatcmpl-x_3","object":"chat.completion.chunk","created":1795248930,"model":"demo","choices":[{"index":0,"delta":{"content":"a\n\"b\""},"logprobs":null,"finish_reason":null}],"usage":null}"""),
                (null, """{"id":"chatcmpl-x_3","object":"chat.completion.chunk","created":1795248930,"model":"demo","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}"""),
                (null, """{"id":"chatcmpl-x_3","object":"chat.completion.chunk","created":1795248930,"model":"demo","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}"""),
                ("5", "[DONE]"),
            ],
            rendered.Items.Select(item => (item.Id, item.Data)).ToArray());
    }

    [Fact]
    public void Without_usage_nothing_is_said_of_it() =>
        Assert.All(RenderedChunks.Of([Reply(Blocks.Delta(4, "msg_3", "a"))]).Chunks, chunk => Assert.False(chunk.TryGetProperty("usage", out _)));

    [Fact]
    public void Thinking_refusals_and_parallel_calls_have_places_of_their_own()
    {
        var rendered = RenderedChunks.Of(
        [
            Reply(
                new ReplyReasoning("msg_3", "Hm.") { Sequence = 4 },
                new ReplyReasoning("msg_3", "", "signed") { Sequence = 5 },
                new ReplyToolCall("msg_3", 0, "", "call_\"a", "f") { Sequence = 6 },
                new ReplyToolCall("msg_3", 1, "[]", "call_b", "g") { Sequence = 7 },
                new ReplyToolCall("msg_3", 0, "{}") { Sequence = 8 },
                new ReplyRefusal("msg_3", "No.") { Sequence = 9 }),
        ]);

        Assert.Equal("call 0: [call_\"a f]{}\ncall 1: [call_b g][]\ncontent: \nreasoning_content: Hm.\nrefusal: No.\nrole: assistant", rendered.Said);
        Assert.Equal("function", rendered.Chunks.ElementAt(2).GetProperty("choices")[0].GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("length", "length")]
    [InlineData("tool_calls", "tool_calls")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("end_turn", "stop")]
    public void The_reason_is_one_of_four_words(string said, string told)
    {
        var block = Blocks.Of(Blocks.Started(3), new ReplyCompleted("msg_3", said, null, Blocks.At) { Sequence = 4 });

        Assert.Equal(told, RenderedChunks.Of([block]).Chunks.Last().GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public void What_was_cancelled_has_stopped()
    {
        var rendered = RenderedChunks.Of([Blocks.Of(Blocks.Started(3), new ReplyCancelled("msg_3", null, Blocks.At) { Sequence = 4 })]);

        Assert.Equal("stop", rendered.Chunks.Last().GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("[DONE]", rendered.Items[^1].Data);
    }

    [Fact]
    public void A_failure_is_an_error_and_no_end_mark()
    {
        var failed = new ReplyFailed("msg_3", new ReplyError("upstream_truncated", "It broke\noff."), null, Blocks.At) { Sequence = 5 };
        var rendered = RenderedChunks.Of([Blocks.Of(Blocks.Started(3), Blocks.Delta(4, "msg_3", "a"), failed)]);

        Assert.Equal(
            """{"error":{"message":"It broke\noff.","type":"server_error","param":null,"code":"upstream_truncated"}}""", rendered.Items[^1].Data);
    }

    [Fact]
    public void Other_replies_of_the_conversation_are_not_this_one()
    {
        var rendered = RenderedChunks.Of(
        [
            Blocks.Of(Blocks.Started(3), Blocks.Delta(4, "msg_3", "a"), Blocks.Completed(5, "msg_3")),
            Blocks.Of(Blocks.Asked(6), Blocks.Started(7), Blocks.Delta(8, "msg_7", "b"), Blocks.Completed(9, "msg_7")),
        ]);

        Assert.Equal(["3", "4", null, "5"], rendered.Items.Select(item => item.Id));
    }

    [Theory]
    [InlineData("\n\ndata: [DONE]\n\n")]
    [InlineData("\r\rid: 99\r\n\r\ndata: {}\r\r")]
    [InlineData("\u2028\u2029\u0085\0")]
    [InlineData("\"}}],\"finish_reason\":\"stop\"")]
    [InlineData("</script>😀 \\u000a \\")]
    public void Nothing_that_is_said_can_end_a_frame_or_leave_its_text(string text)
    {
        var started = new ReplyStarted("msg_3", "msg_2", $"model{text}", Blocks.At) { Sequence = 3 };
        var block = Blocks.Of(
            started,
            Blocks.Delta(4, "msg_3", text),
            new ReplyReasoning("msg_3", text) { Sequence = 5 },
            new ReplyRefusal("msg_3", text) { Sequence = 6 },
            new ReplyToolCall("msg_3", 0, text, text, text) { Sequence = 7 },
            Blocks.Completed(8, "msg_3"));
        foreach (var stored in new[] { block, ReplyCompaction.Compact(block) })
        {
            var rendered = RenderedChunks.Of([stored], includeUsage: true);

            Assert.Equal(["3", "4", "5", "6", "7", null, null, "8"], rendered.Items.Select(item => item.Id));
            Assert.All(rendered.Chunks, chunk => Assert.Equal($"model{text}", chunk.GetProperty("model").GetString()));
            var deltas = rendered.Chunks.Skip(1).Take(4).Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta")).ToList();
            Assert.Equal(text, deltas[0].GetProperty("content").GetString());
            Assert.Equal(text, deltas[1].GetProperty("reasoning_content").GetString());
            Assert.Equal(text, deltas[2].GetProperty("refusal").GetString());
            var call = deltas[3].GetProperty("tool_calls")[0];
            Assert.Equal((text, text), (call.GetProperty("id").GetString(), call.GetProperty("function").GetProperty("arguments").GetString()));
        }
    }

    [Fact]
    public void Who_has_it_all_gets_the_end_mark()
    {
        var rendered = RenderedChunks.Of([Reply(Blocks.Delta(4, "msg_3", "a"))], after: 5, includeUsage: true);

        Assert.Equal([(null, "[DONE]")], rendered.Items.Select(item => (item.Id, item.Data)));
    }

    private static EventBlock Reply(params ReadOnlySpan<ConversationEvent> content) =>
        Blocks.Of([Blocks.Started(3), .. content, Blocks.Completed(content[^1].Sequence + 1, "msg_3")]);
}
