using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Turns;
using OrleansChat.Errors;

namespace OrleansChat.Api.Tests.Dialects.Responses;

/// <summary>From a request's input to messages.</summary>
public class InputTests
{
    [Fact]
    public void A_text_is_a_users_message()
    {
        var turn = Assert.Single(Turns("\"Why?\""));

        Assert.Equal((MessageRole.User, "Why?"), (turn.Role, turn.Content));
    }

    [Fact]
    public void What_a_model_thinks_says_and_calls_in_a_row_is_one_message_and_so_are_outputs()
    {
        var turns = Turns(
            """
            [{"role":"developer","content":"Be brief."},
             {"role":"user","content":[{"type":"input_text","text":"Weather?"}]},
             {"type":"reasoning","id":"rs_x","summary":[],"content":[{"type":"reasoning_text","text":"Hm."}],"encrypted_content":"signed"},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look."}]},
             {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},
             {"type":"function_call","call_id":"b","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"b","output":"2"},
             {"type":"function_call_output","call_id":"a","output":[{"type":"input_text","text":"1"}]}]
            """);

        Assert.Equal([MessageRole.System, MessageRole.User, MessageRole.Assistant, MessageRole.Tool], turns.Select(turn => turn.Role));
        Assert.Equal([new ReasoningBlock("Hm.", "signed")], turns[2].Reasoning.AsEnumerable());
        Assert.Equal("I look.", turns[2].Content);
        Assert.Equal(["a", "b"], turns[2].ToolCalls.Select(call => call.Id));
        Assert.Equal([new ToolResult("b", "2"), new ToolResult("a", "1")], turns[3].ToolResults.AsEnumerable());
    }

    [Fact]
    public void What_a_model_thinks_and_says_after_a_call_belongs_to_the_message_that_calls()
    {
        var turns = Turns(
            """
            [{"role":"user","content":"Weather?"},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look. "}]},
             {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},
             {"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"signed"},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"A moment."},{"type":"refusal","refusal":"Not there."}]},
             {"type":"function_call","call_id":"b","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"a","output":"1"},
             {"type":"function_call_output","call_id":"b","output":"2"}]
            """);

        CallAnswers.Check([], turns);
        Assert.Equal([MessageRole.User, MessageRole.Assistant, MessageRole.Tool], turns.Select(turn => turn.Role));
        Assert.Equal(("I look. A moment.", "Not there."), (turns[1].Content, turns[1].Refusal));
        Assert.Equal([new ReasoningBlock("Hm.", "signed")], turns[1].Reasoning.AsEnumerable());
        Assert.Equal(["a", "b"], turns[1].ToolCalls.Select(call => call.Id));
        Assert.Equal(["a", "b"], turns[2].ToolResults.Select(result => result.ToolCallId));
    }

    [Fact]
    public void Two_messages_of_a_model_stay_two()
    {
        var turns = Turns("""[{"role":"assistant","content":"One."},{"role":"assistant","content":[{"type":"refusal","refusal":"No."}]},{"role":"user","content":"?"}]""");

        Assert.Equal([("One.", null), ("", "No."), ("?", null)], turns.Select(turn => (turn.Content, turn.Refusal)));
    }

    [Fact]
    public void An_image_is_a_part_of_its_message()
    {
        var turn = Assert.Single(Turns("""[{"role":"user","content":[{"type":"input_text","text":"What?"},{"type":"input_image","image_url":"https://example.org/a.png","detail":"low"}]}]"""));

        Assert.Equal([new ContentPart(ContentPartType.Text, "What?"), new ContentPart(ContentPartType.Image, Url: "https://example.org/a.png", Detail: "low")], turn.Parts.AsEnumerable());
    }

    [Theory]
    [InlineData("5", "'input' is a text, or a list of items.")]
    [InlineData("\" \"", "'input' is missing or blank")]
    [InlineData("[5]", "'input[0]' is an item")]
    [InlineData("""[{"type":"web_search_call"}]""", "'input[0].type' is \"message\", \"function_call\"")]
    [InlineData("""[{"role":"critic","content":"?"}]""", "'input[0].role' is \"user\"")]
    [InlineData("""[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]""", "'input[0].content[0]' is {\"type\": \"input_text\"")]
    [InlineData("""[{"role":"user","content":[{"type":"input_image","image_url":"http://example.org/a.png"}]}]""", "'input[0].content[0].url' is an https URL")]
    [InlineData("""[{"role":"system","content":[{"type":"input_image","image_url":"https://example.org/a.png"}]}]""", "'input[0].content' is a text")]
    [InlineData("""[{"type":"function_call","name":"f"}]""", "'input[0].call_id' is missing")]
    [InlineData("""[{"type":"function_call_output","call_id":"a"}]""", "'input[0].output' is a text")]
    [InlineData(
        """[{"type":"function_call_output","call_id":"a","output":[{"type":"input_text","text":"1"},{"type":"input_image","image_url":"https://example.org/a.png"}]}]""",
        "'input[0].output' is a text, or a list of {\"type\": \"input_text\", \"text\"}. A part of the type \"input_image\" is not taken there.")]
    [InlineData("""[{"type":"item_reference","id":"msg_1"}]""", "'input[0].id' is no id of an item")]
    public void What_is_wrong_is_named(string input, string error)
    {
        var refused = Assert.Throws<InvalidRequestException>(() => InputReading.Read(JsonElement.Parse(input)));

        Assert.StartsWith(error, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_nothing_to_reply_to_after_a_models_own_words()
    {
        var refused = Assert.Throws<InvalidRequestException>(() => InputTurns.Divide(Turns("""[{"role":"assistant","content":"Hello."}]""")));

        Assert.StartsWith("'input' ends with what a model said", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"type":"function_call_output","call_id":"a","output":"1"},{"type":"function_call_output","call_id":"b","output":"2"}]""", null)]
    [InlineData("""[{"type":"function_call_output","call_id":"a","output":"1"}]""", "'input' has no output of a function for the call 'b'.")]
    [InlineData("""[{"type":"function_call_output","call_id":"c","output":"1"}]""", "'input' has the output of a function for the call 'c', and nobody waits for that.")]
    [InlineData("""[{"role":"user","content":"Never mind."}]""", null)]
    public void All_calls_are_answered_or_none(string input, string? error)
    {
        var check = () => CallAnswers.Check([new ToolCall("a", "f", "{}"), new ToolCall("b", "f", "{}")], Turns(input));

        if (error is null)
        {
            check();
        }
        else
        {
            Assert.Equal(error, Assert.Throws<InvalidRequestException>(check).Message);
        }
    }

    private static System.Collections.Immutable.ImmutableArray<PastMessage> Turns(string input) => InputTurns.Of(InputReading.Read(JsonElement.Parse(input)));
}
