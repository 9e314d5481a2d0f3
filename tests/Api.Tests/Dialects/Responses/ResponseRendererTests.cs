using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Generation;
using OrleansChat.Streaming;
using OrleansChat.Testing;
using static OrleansChat.Api.Tests.Dialects.Responses.Rendered;

namespace OrleansChat.Api.Tests.Dialects.Responses;

public class ResponseRendererTests
{
    [Fact]
    public void Text_comes_in_the_order_of_the_original_with_the_published_numbers()
    {
        var frames = Frames("msg_3", Blocks.Started(3), Blocks.Delta(4, "msg_3", "Be"), Blocks.Delta(5, "msg_3", "cause"), Blocks.Completed(6, "msg_3"));

        Assert.Equal(
            [
                "response.created 0",
                "response.in_progress 2",
                "response.output_item.added 1000",
                "response.content_part.added 1001",
                "response.output_text.delta 1002",
                "response.output_text.delta 2000",
                "response.output_text.done 3000",
                "response.content_part.done 3001",
                "response.output_item.done 3002",
                "response.completed 3003",
            ],
            frames.Outline());
        Assert.All(frames, frame => Assert.Equal(frame.Type, frame.Text("type")));
        Assert.Equal(["Be", "cause"], frames.Where(frame => frame.Type.EndsWith(".delta", StringComparison.Ordinal)).Select(frame => frame.Text("delta")));
        Assert.Equal("Because", frames[6].Text("text"));
        Assert.Equal("completed", frames[^1].Response.GetProperty("status").GetString());
        Assert.Equal($"resp_{Tail}_3", frames[0].Response.GetProperty("id").GetString());
    }

    [Fact]
    public void A_delta_says_where_it_belongs_and_passes_escapes_on_as_they_are()
    {
        var frames = Frames("msg_3", Blocks.Started(3), Blocks.Delta(4, "msg_3", "a\n\"😀\""));

        Assert.Equal(
            $$"""{"type":"response.output_text.delta","sequence_number":1002,"item_id":"msg_{{Tail}}_3","output_index":0,"content_index":0,"delta":"a\n\"😀\"","logprobs":[]}""",
            frames[^1].Json.GetRawText());
    }

    [Fact]
    public void Neighbouring_deltas_come_as_one_with_the_last_number()
    {
        var frames = Frames("msg_3", [Blocks.Of(Blocks.Started(3), Blocks.Delta(4, "msg_3", "a"), Blocks.Delta(5, "msg_3", "b"), Blocks.Delta(6, "msg_3", "c"))]);

        Assert.Equal(("response.output_text.delta 3000", "abc"), (frames.Outline().Last(), frames[^1].Text("delta")));
    }

    [Fact]
    public void Thinking_text_and_calls_are_items_one_after_the_other()
    {
        var frames = Frames(
            "msg_3",
            Blocks.Started(3),
            new ReplyReasoning("msg_3", "Hm.") { Sequence = 4 },
            Blocks.Delta(5, "msg_3", "Let me see."),
            new ReplyToolCall("msg_3", 0, "", "call_a", "get_weather") { Sequence = 6 },
            new ReplyToolCall("msg_3", 0, "{}") { Sequence = 7 },
            new ReplyToolCall("msg_3", 1, "[]", "call_b", "get_time") { Sequence = 8 },
            new ReplyCompleted("msg_3", "tool_calls", new TokenUsage(3, 4), Blocks.At) { Sequence = 9 });

        Assert.Equal(
            [
                "response.created 0",
                "response.in_progress 2",
                "response.output_item.added 1000",
                "response.content_part.added 1001",
                "response.reasoning_text.delta 1002",
                "response.reasoning_text.done 2000",
                "response.content_part.done 2001",
                "response.output_item.done 2002",
                "response.output_item.added 2003",
                "response.content_part.added 2004",
                "response.output_text.delta 2005",
                "response.output_text.done 3000",
                "response.content_part.done 3001",
                "response.output_item.done 3002",
                "response.output_item.added 3003",
                "response.function_call_arguments.delta 4000",
                "response.function_call_arguments.done 5000",
                "response.output_item.done 5001",
                "response.output_item.added 5002",
                "response.function_call_arguments.delta 5003",
                "response.function_call_arguments.done 6000",
                "response.output_item.done 6001",
                "response.completed 6002",
            ],
            frames.Outline());
        var output = frames[^1].Response.GetProperty("output").EnumerateArray().ToList();
        Assert.Equal(
            [$"rs_{Tail}_3", $"msg_{Tail}_3", $"fc_{Tail}_3", $"fc_{Tail}_3_1"],
            output.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(
            $$"""{"type":"function_call","id":"fc_{{Tail}}_3_1","status":"completed","call_id":"call_b","name":"get_time","arguments":"[]"}""",
            output[3].GetRawText());
    }

    [Fact]
    public void Who_asks_for_summaries_gets_thinking_as_one()
    {
        var started = Blocks.Started(3) with { Options = new GenerationOptions { Notes = new RawJson("""{"reasoning_summary":"auto","include":["reasoning.encrypted_content"]}""") } };
        var frames = Frames(
            "msg_3", started, new ReplyReasoning("msg_3", "Hm.") { Sequence = 4 }, new ReplyReasoning("msg_3", "", "signed") { Sequence = 5 }, Blocks.Completed(6, "msg_3"));

        Assert.Equal(
            [
                "response.reasoning_summary_part.added 1001",
                "response.reasoning_summary_text.delta 1002",
                "response.reasoning_summary_text.done 2000",
                "response.reasoning_summary_part.done 2001",
                "response.output_item.done 2002",
                "response.completed 3000",
            ],
            frames.Outline().Skip(3));
        Assert.Equal(
            $$"""[{"type":"reasoning","id":"rs_{{Tail}}_3","status":"completed","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"signed"}]""",
            frames[^1].Response.GetProperty("output").GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_provider_wants_back_is_told_to_who_asks_for_it_when_he_reads(bool withSignatures)
    {
        var block = Blocks.Of(
            Blocks.Started(3), new ReplyReasoning("msg_3", "Hm.") { Sequence = 4 }, new ReplyReasoning("msg_3", "", "signed") { Sequence = 5 }, Blocks.Completed(6, "msg_3"));

        var item = Frames("msg_3", [block], withSignatures: withSignatures)[^1].Response.GetProperty("output")[0];

        Assert.Equal(withSignatures, item.TryGetProperty("encrypted_content", out var told) && told.GetString() == "signed");
    }

    [Fact]
    public void A_refusal_is_a_part_of_the_message()
    {
        var frames = Frames("msg_3", Blocks.Started(3), new ReplyRefusal("msg_3", "No.") { Sequence = 4 }, Blocks.Completed(5, "msg_3"));

        Assert.Equal(
            ["response.content_part.added 1001", "response.refusal.delta 1002", "response.refusal.done 2000", "response.content_part.done 2001", "response.output_item.done 2002"],
            frames.Outline().Skip(3).Take(5));
        Assert.Equal("No.", frames[^4].Text("refusal"));
    }

    [Theory]
    [InlineData("length", "max_output_tokens")]
    [InlineData("content_filter", "content_filter")]
    public void What_its_model_cut_short_is_incomplete(string finish, string reason)
    {
        var frames = Frames(
            "msg_3", Blocks.Started(3), Blocks.Delta(4, "msg_3", "Be"), new ReplyCompleted("msg_3", finish, null, Blocks.At) { Sequence = 5 });

        Assert.Equal("response.incomplete", frames[^1].Type);
        Assert.Equal(reason, frames[^1].Response.GetProperty("incomplete_details").GetProperty("reason").GetString());
        Assert.Equal("incomplete", frames[^1].Response.GetProperty("output")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void Arguments_that_broke_off_are_not_told_as_done()
    {
        var frames = Frames(
            "msg_3",
            Blocks.Started(3),
            new ReplyToolCall("msg_3", 0, "{\"ci", "call_a", "get_weather") { Sequence = 4 },
            new ReplyFailed("msg_3", new ReplyError("rate_limited", "Slow down."), null, Blocks.At) { Sequence = 5 });

        Assert.Equal(["response.output_item.done 2000", "response.failed 2001"], frames.Outline().TakeLast(2));
        Assert.Equal("failed", frames[^1].Response.GetProperty("status").GetString());
    }

    [Fact]
    public void A_call_that_goes_on_after_the_next_one_began_is_told_again()
    {
        var frames = Frames(
            "msg_3",
            Blocks.Started(3),
            new ReplyToolCall("msg_3", 0, "{", "call_a", "f") { Sequence = 4 },
            new ReplyToolCall("msg_3", 1, "{}", "call_b", "g") { Sequence = 5 },
            new ReplyToolCall("msg_3", 0, "}") { Sequence = 6 },
            new ReplyCompleted("msg_3", "tool_calls", null, Blocks.At) { Sequence = 7 });

        Assert.Equal(
            ["response.function_call_arguments.done 4000", "response.output_item.done 4001", "response.function_call_arguments.done 4002", "response.output_item.done 4003", "response.completed 4004"],
            frames.Outline().TakeLast(5));
        Assert.Equal(["{}", "{}"], frames[^1].Response.GetProperty("output").EnumerateArray().Select(item => item.GetProperty("arguments").GetString()));
    }

    [Fact]
    public void A_cancelled_response_keeps_what_its_reader_had_read()
    {
        var frames = Frames(
            "msg_3",
            Blocks.Started(3),
            Blocks.Delta(4, "msg_3", "Be"),
            Blocks.Delta(5, "msg_3", "cause"),
            new ReplyCancelled("msg_3", null, Blocks.At, AtSequence: 4, TextLength: 2) { Sequence = 6 });

        Assert.Equal(("response.incomplete", "cancelled"), (frames[^1].Type, frames[^1].Response.GetProperty("status").GetString()));
        Assert.Equal("Be", frames[^1].Response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void A_response_that_waits_says_so_and_then_starts()
    {
        var queued = new MessageQueued("msg_7", MessageRole.User, "and?", "msg_3", Follows: false, "demo", Blocks.At) { Sequence = 7 };
        var started = new ReplyStarted("msg_12", "msg_7", "demo", Blocks.At) { Sequence = 12 };
        var frames = Frames("msg_7", queued, Blocks.Delta(8, "msg_3", "another's"), Blocks.Completed(9, "msg_3"), started, Blocks.Delta(13, "msg_12", "Yes"));

        Assert.Equal(
            ["response.created 0", "response.queued 1", "response.in_progress 2", "response.output_item.added 1000", "response.content_part.added 1001", "response.output_text.delta 1002"],
            frames.Outline());
        Assert.Equal(["queued", "queued", "in_progress"], frames.Take(3).Select(frame => frame.Response.GetProperty("status").GetString()));
        Assert.All(frames.Take(3), frame => Assert.Equal($"resp_{Tail}_7", frame.Response.GetProperty("id").GetString()));
        Assert.Equal($"msg_{Tail}_12", frames[^1].Text("item_id"));
    }

    [Fact]
    public void A_response_that_is_taken_out_of_the_queue_is_cancelled()
    {
        var queued = new MessageQueued("msg_7", MessageRole.User, "and?", "msg_3", Follows: false, "demo", Blocks.At) { Sequence = 7 };
        var frames = Frames("msg_7", queued, new MessageUnqueued("msg_7", Blocks.At) { Sequence = 8 });

        Assert.Equal(["response.created 0", "response.queued 1", "response.incomplete 2"], frames.Outline());
        Assert.Equal("cancelled", frames[^1].Response.GetProperty("status").GetString());
    }

    [Fact]
    public void What_is_void_before_anything_was_written_is_never_written()
    {
        var block = Blocks.Of(
            Blocks.Started(3), Blocks.Delta(4, "msg_3", "void"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "Good"), Blocks.Completed(7, "msg_3"));
        var frames = Frames("msg_3", [block]);

        Assert.Equal(["Good"], frames.Where(frame => frame.Type.EndsWith("text.delta", StringComparison.Ordinal)).Select(frame => frame.Text("delta")));
        Assert.Equal("response.output_item.added 3000", frames.Outline().ElementAt(2));
    }

    [Fact]
    public void A_response_that_begins_anew_under_its_reader_ends_with_an_error()
    {
        var frames = Frames("msg_3", [Blocks.Of(Blocks.Started(3), Blocks.Delta(4, "msg_3", "void"))], end: StreamEnd.Restarted);

        Assert.Equal("error 1999", frames.Outline().Last());
        Assert.Equal(("restarted", "restarted"), (frames[^1].Text("code"), frames[^1].Json.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public void What_a_request_said_is_told_again()
    {
        var options = new GenerationOptions
        {
            Instructions = "Be brief.",
            Temperature = 0.5,
            Tools = [new ToolDefinition("f", "F.", new RawJson("""{"type":"object"}"""), true)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Named, "f"),
            ResponseFormat = new ResponseFormat(ResponseFormatType.JsonSchema, "s", null, new RawJson("{}"), true),
            ReasoningEffort = ReasoningEffort.Low,
            Notes = new RawJson("""{"previous_response_id":"resp_x","background":true,"store":false,"metadata":{"k":"v"}}"""),
        };
        var response = Frames("msg_3", Blocks.Started(3) with { Options = options })[0].Response;

        Assert.Equal("Be brief.", response.GetProperty("instructions").GetString());
        Assert.Equal(0.5, response.GetProperty("temperature").GetDouble());
        Assert.Equal("""[{"name":"f","description":"F.","parameters":{"type":"object"},"strict":true,"type":"function"}]""", response.GetProperty("tools").GetRawText());
        Assert.Equal("""{"type":"function","name":"f"}""", response.GetProperty("tool_choice").GetRawText());
        Assert.Equal("""{"format":{"type":"json_schema","name":"s","schema":{},"strict":true},"verbosity":"medium"}""", response.GetProperty("text").GetRawText());
        Assert.Equal("""{"effort":"low","summary":null}""", response.GetProperty("reasoning").GetRawText());
        Assert.Equal("resp_x", response.GetProperty("previous_response_id").GetString());
        Assert.True(response.GetProperty("background").GetBoolean());
        Assert.False(response.GetProperty("store").GetBoolean());
        Assert.Equal("""{"k":"v"}""", response.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public void Notes_of_another_form_are_no_notes()
    {
        var response = Frames("msg_3", Blocks.Started(3) with { Options = new GenerationOptions { Notes = new RawJson("""{"background":"who knows"}""") } })[0].Response;

        Assert.False(response.GetProperty("background").GetBoolean());
    }
}
