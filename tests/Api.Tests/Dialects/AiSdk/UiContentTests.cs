using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Dialects.AiSdk.Messages;
using OrleansChat.Errors;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>What messages of clients are here.</summary>
public class UiContentTests
{
    private const string Assistant = """
        {"role":"assistant","parts":[
          {"type":"step-start"},
          {"type":"reasoning","text":"Hm","providerMetadata":{"orleanschat":{"signature":"c2ln"}}},
          {"type":"text","text":"Let me "},{"type":"text","text":"see."},
          {"type":"tool-f","toolCallId":"a","state":"output-available","input":{"x": [1]},"output":"fine"},
          {"type":"dynamic-tool","toolName":"g","toolCallId":"b","state":"output-error","input":"odd","errorText":"It \"rains\"."},
          {"type":"tool-h","toolCallId":"c","state":"input-streaming","input":{}},
          {"type":"tool-search","toolCallId":"d","state":"output-available","input":{},"output":{},"providerExecuted":true},
          {"type":"source-url","sourceId":"s","url":"https://example.com"},
          {"type":"step-start"},
          {"type":"text","text":"Never.","providerMetadata":{"orleanschat":{"refusal":true}}},
          {"type":"tool-f","toolCallId":"e","state":"output-denied","input":null}]}
        """;

    [Fact]
    public void Each_step_is_a_message_and_what_tools_answered_another()
    {
        var past = UiContent.All(Read(Assistant)).ToArray();

        Assert.Equal([MessageRole.Assistant, MessageRole.Tool, MessageRole.Assistant, MessageRole.Tool], past.Select(message => message.Role));
        Assert.Equal(("Let me see.", null), (past[0].Content, past[0].Refusal));
        Assert.Equal(("Hm", "c2ln"), (past[0].Reasoning[0].Text, past[0].Reasoning[0].Signature));
        Assert.Equal([("a", "f", "{\"x\":[1]}"), ("b", "g", "odd")], past[0].ToolCalls.Select(call => (call.Id, call.Name, call.Arguments)));
        Assert.Equal([("a", "fine"), ("b", """{"error":"It \"rains\"."}""")], past[1].ToolResults.Select(result => (result.ToolCallId, result.Content)));
        Assert.Equal(("", "Never."), (past[2].Content, past[2].Refusal));
        Assert.Equal("""{"error":"The user denied the call."}""", Assert.Single(past[3].ToolResults).Content);
    }

    [Fact]
    public void The_outputs_that_count_are_those_of_the_last_step_that_calls() =>
        Assert.Equal(["e"], UiContent.LastResults(Read(Assistant)).Select(result => result.ToolCallId));

    [Fact]
    public void What_is_no_image_is_refused_by_its_place()
    {
        var message = Read("""{"role":"user","parts":[{"type":"text","text":"x"},{"type":"file","mediaType":"audio/mpeg","url":"https://example.com/a.mp3"}]}""");

        var refusal = Assert.Throws<InvalidRequestException>(() => UiContent.Said(message, "messages[4]"));

        Assert.StartsWith("'messages[4].parts[1]' is a file that models here are not shown", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData(" {\"a\": 1}", "{\"a\":1}")]
    [InlineData("[1, 2", "\"[1, 2\"")]
    [InlineData("12", "\"12\"")]
    public void What_a_tool_answered_comes_back_as_it_was(string stored, string told) =>
        Assert.Equal(told, JsonText.Output(stored).GetRawText());

    [Theory]
    [InlineData("", "{}")]
    [InlineData("{\"a\":\"\\ud800\"}", "\"{\\u0022a\\u0022:\\u0022\\\\ud800\\u0022}\"")]
    [InlineData("nonsense", "\"nonsense\"")]
    public void What_a_model_calls_with_is_JSON_or_the_text_that_it_is(string arguments, string told) =>
        Assert.Equal(told, JsonText.Input(arguments).GetRawText());

    [Theory]
    [InlineData("""{"error":"why"}""", "why")]
    [InlineData("""{"error":"why","code":1}""", null)]
    [InlineData("""{"error":1}""", null)]
    [InlineData("error", null)]
    public void A_failure_of_a_tool_is_told_from_its_answers(string stored, string? error) => Assert.Equal(error, JsonText.ErrorIn(stored));

    [Fact]
    public void A_message_is_known_by_its_newest_reply_and_else_by_its_id()
    {
        var conversation = Rendering.Key.Id;
        var id = Rendering.Reply.IdOf("msg_3");
        var newest = Rendering.Reply.IdOf("msg_9");

        Assert.Equal("msg_3", Read($$"""{"role":"assistant","id":"{{id}}","parts":[]}""").KnownAs(conversation));
        Assert.Equal("msg_9", Read($$$"""{"role":"assistant","id":"{{{id}}}","metadata":{"replyId":"{{{newest}}}"},"parts":[]}""").KnownAs(conversation));
        Assert.Equal("msg_9", Read($$$"""{"role":"assistant","id":"mine","metadata":{"replyId":"{{{newest}}}"},"parts":[]}""").KnownAs(conversation));
        Assert.Null(Read("""{"role":"assistant","id":"mine","metadata":7,"parts":[]}""").KnownAs(conversation));
    }

    [Fact]
    public void Of_what_was_said_before_only_that_counts_which_can_be_had()
    {
        var said = UiContent.SaidBefore(Read("""
            {"role":"user","parts":[{"type":"text","text":"What is it?"},
              {"type":"file","mediaType":"application/pdf","url":"https://example.org/a.pdf"},
              {"type":"file","mediaType":"image/png","url":"http://example.org/plain.png"},
              {"type":"file","mediaType":"image/png","url":"https://example.org/a.png"}]}
            """))!;

        Assert.Equal("What is it?", said.Content);
        Assert.Equal([null, "https://example.org/a.png"], said.Parts.Select(part => part.Url));
        Assert.Null(UiContent.SaidBefore(Read("""{"role":"user","parts":[{"type":"text","text":" "}]}""")));
        Assert.Null(UiContent.SaidBefore(Read("""{"role":"user","parts":[{"type":"data-x"}]}""")));
        Assert.Empty(UiContent.All(Read($$"""{"role":"system","parts":[{"type":"text","text":"{{new string('x', 2_000_000)}}"}]}""")));
    }

    private static UiMessage Read(string json) => JsonSerializer.Deserialize(json, AiSdkJson.Default.UiMessage)!;
}
