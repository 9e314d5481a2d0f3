using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Dialects.ChatCompletions;
using OrleansChat.Dialects.ChatCompletions.Requests;
using OrleansChat.Errors;
using OrleansChat.Generation;

namespace OrleansChat.Api.Tests.Dialects.ChatCompletions;

/// <summary>What requests for chat completions ask for.</summary>
public class ChatCompletionBodyTests
{
    [Fact]
    public void Of_an_exchange_the_last_message_is_replied_to()
    {
        var body = Read("""
            {"model":"m","messages":[
              {"role":"developer","content":[{"type":"text","text":"Count."},{"type":"text","text":"Briefly."}]},
              {"role":"user","content":"1, 2"},
              {"role":"assistant","content":"3","refusal":null,"annotations":[],"audio":null,"reasoning_content":"Hm."},
              {"role":"user","name":"ann","content":"And?"}]}
            """);

        var history = body.ToConversation().History;
        Assert.Equal(
            [(MessageRole.System, "Count.\nBriefly."), (MessageRole.User, "1, 2"), (MessageRole.Assistant, "3")],
            history.Select(message => (message.Role, message.Content)));
        Assert.Equal("Hm.", history[2].Reasoning.Single().Text);
        Assert.Equal(("And?", MessageRole.User), (body.ToMessage().Content, body.ToMessage().Role));
    }

    [Fact]
    public void The_answers_of_tools_that_come_last_are_one_message()
    {
        var body = Read("""
            {"messages":[
              {"role":"user","content":"Weather?"},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"[]"}}]},
              {"role":"tool","tool_call_id":"b","content":"9"},
              {"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"12"}]}]}
            """);

        Assert.Equal([("a", "{}"), ("b", "[]")], body.ToConversation().History[1].ToolCalls.Select(call => (call.Id, call.Arguments)));
        Assert.Equal([("b", "9"), ("a", "12")], body.ToMessage().ToolResults.Select(result => (result.ToolCallId, result.Content)));
    }

    [Fact]
    public void The_system_can_have_the_last_word() =>
        Assert.Equal(MessageRole.System, Read("""{"messages":[{"role":"system","content":"Greet."}]}""").ToMessage().Role);

    [Fact]
    public void Images_are_parts_and_text_alone_is_text()
    {
        var parts = Read("""
            {"messages":[{"role":"user","content":[{"type":"text","text":"What"},{"type":"image_url","image_url":{"url":"https://x.example/a.png","detail":"low"}},{"type":"text","text":"is it?"}]}]}
            """).ToMessage();
        var text = Read("""{"messages":[{"role":"user","content":[{"type":"text","text":"What"},{"type":"text","text":"is it?"}]}]}""").ToMessage();

        Assert.Equal(("What\nis it?", 3, "low"), (parts.Content, parts.Parts.Length, parts.Parts[1].Detail));
        Assert.Equal(("What\nis it?", 0), (text.Content, text.Parts.Length));
    }

    [Fact]
    public void Parameters_become_options()
    {
        var options = Read("""
            {"messages":[{"role":"user","content":"x"}],"temperature":0.5,"top_p":0.9,"max_tokens":5,"max_completion_tokens":7,"stop":"END","seed":3,
             "frequency_penalty":0.1,"presence_penalty":-0.1,"reasoning_effort":"xhigh","parallel_tool_calls":false,
             "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}}],
             "tool_choice":{"type":"function","function":{"name":"f"}},
             "response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object"}}},
             "user":"u","service_tier":"auto","n":1,"logprobs":false,"modalities":["text"],"verbosity":"high","logit_bias":{},"audio":null}
            """).ToMessage().Options!;

        Assert.Equal((0.5, 0.9, 7, 3L, 0.1, -0.1), (options.Temperature, options.TopP, options.MaxOutputTokens, options.Seed, options.FrequencyPenalty, options.PresencePenalty));
        Assert.Equal("END", options.Stop!.Value.Single());
        Assert.Equal((ReasoningEffort.ExtraHigh, Verbosity.High), (options.ReasoningEffort, options.Verbosity));
        Assert.Equal(new ToolChoice(ToolChoiceMode.Named, "f"), options.ToolChoice);
        Assert.Equal(new ResponseFormat(ResponseFormatType.JsonSchema, "s", null, new RawJson("""{"type":"object"}"""), true), options.ResponseFormat);
        Assert.Equal(new ToolDefinition("f", "d", new RawJson("""{"type":"object"}"""), true), options.Tools!.Value.Single());
        Assert.False(options.ParallelToolCalls);
    }

    [Theory]
    [InlineData("""{"mode":"required","tools":[{"type":"function","function":{"name":"g"}}]}""", ToolChoiceMode.Required)]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"g"}}]}""", ToolChoiceMode.Auto)]
    public void Of_tools_that_are_not_allowed_no_model_is_told(string allowed, ToolChoiceMode mode)
    {
        var options = Read($$$"""
            {"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}],
             "tool_choice":{"type":"allowed_tools","allowed_tools":{{{allowed}}}}}
            """).ToMessage().Options!;

        Assert.Equal("g", options.Tools!.Value.Single().Name);
        Assert.Equal(new ToolChoice(mode), options.ToolChoice);
    }

    [Fact]
    public void What_asks_for_nothing_is_no_option() =>
        Assert.Null(Read("""{"messages":[{"role":"user","content":"x"}],"stop":[],"tools":[],"parallel_tool_calls":true,"tool_choice":"auto"}""").ToMessage().Options);

    [Theory]
    [InlineData("null", true)]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public void The_conversation_is_kept_where_it_is_to_be_stored(string store, bool transient)
    {
        var conversation = Read($$$"""{"messages":[{"role":"user","content":"x"}],"store":{{{store}}},"metadata":{"k":"v"}}""").ToConversation();

        Assert.Equal((transient, "v"), (conversation.Transient, conversation.Metadata["k"]));
    }

    [Theory]
    [InlineData("""{}""", "'messages'")]
    [InlineData("""{"messages":[]}""", "'messages'")]
    [InlineData("""{"messages":[null]}""", "'messages[0]'")]
    [InlineData("""{"messages":[{"role":"robot","content":"x"}]}""", "'messages[0].role'")]
    [InlineData("""{"messages":[{"role":"user"}]}""", "'messages[0].content'")]
    [InlineData("""{"messages":[{"role":"user","content":" "}]}""", "'messages[0].content'")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", "'messages[0].content[0]'")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://x.example"}}]}]}""", "'messages[0].content[0].url'")]
    [InlineData("""{"messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"https://x.example"}}]}]}""", "'messages[0].content'")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""", "'messages[1].role'")]
    [InlineData("""{"messages":[{"role":"assistant"},{"role":"user","content":"x"}]}""", "'messages[0]'")]
    [InlineData("""{"messages":[{"role":"tool","tool_call_id":"a","content":"x"}]}""", "'messages[0].tool_call_id'")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"x"}]}""", "'messages[1]'")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"id":"a","type":"custom"}]},{"role":"user","content":"x"}]}""", "'messages[0].tool_calls[0]'")]
    public void A_wrong_message_is_refused_with_its_place(string json, string named) => Refuses(json, named);

    [Theory]
    [InlineData("\"n\":2", "'n'")]
    [InlineData("\"logprobs\":true", "'logprobs'")]
    [InlineData("\"top_logprobs\":3", "'top_logprobs'")]
    [InlineData("\"logit_bias\":{\"5\":1}", "'logit_bias'")]
    [InlineData("\"audio\":{\"voice\":\"x\"}", "'audio'")]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", "'modalities'")]
    [InlineData("\"functions\":[]", "'functions'")]
    [InlineData("\"web_search_options\":{}", "'web_search_options'")]
    [InlineData("\"colour\":\"red\"", "'colour'")]
    [InlineData("\"stream_options\":{}", "'stream_options'")]
    [InlineData("\"temperature\":3", "'temperature'")]
    [InlineData("\"max_completion_tokens\":0", "'max_completion_tokens'")]
    [InlineData("\"max_tokens\":0", "'max_tokens'")]
    [InlineData("\"stop\":7", "'stop'")]
    [InlineData("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "'stop'")]
    [InlineData("\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"tools\":[]}}", "'tool_choice'")]
    [InlineData("\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}}", "'tool_choice.allowed_tools.tools'")]
    [InlineData("\"reasoning_effort\":\"huge\"", "'reasoning_effort'")]
    [InlineData("\"response_format\":{\"type\":\"yaml\"}", "'response_format.type'")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "'response_format.json_schema'")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\"}}", "'response_format.json_schema.schema'")]
    [InlineData("\"tools\":[{\"type\":\"custom\"}]", "'tools[0]'")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]", "'tools[0]'")]
    [InlineData("\"tool_choice\":\"required\"", "'tool_choice'")]
    [InlineData("\"tools\":[],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", "'tool_choice'")]
    [InlineData("\"verbosity\":\"none\"", "'verbosity'")]
    [InlineData("\"tool_choice\":\"maybe\"", "'tool_choice'")]
    [InlineData("\"metadata\":{\"\":\"x\"}", "'metadata'")]
    public void A_wrong_parameter_is_refused_with_its_name(string parameter, string named) =>
        Refuses($$"""{"messages":[{"role":"user","content":"x"}],{{parameter}}}""", named);

    private static void Refuses(string json, string named)
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => Read(json));

        Assert.Equal(400, refusal.Status);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    private static ChatCompletionBody Read(string json)
    {
        var body = JsonSerializer.Deserialize(json, ChatCompletionsJson.Default.ChatCompletionBody)!;
        body.Validate();
        return body;
    }
}
