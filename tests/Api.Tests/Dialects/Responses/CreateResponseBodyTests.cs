using System.Text.Json;
using OrleansChat.Dialects.Responses;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Errors;
using OrleansChat.Generation;

namespace OrleansChat.Api.Tests.Dialects.Responses;

public class CreateResponseBodyTests
{
    [Fact]
    public void Parameters_become_options()
    {
        var options = Read(
            """
            {"input":"?","instructions":"Be brief.","temperature":0.5,"top_p":0.9,"max_output_tokens":10,"reasoning":{"effort":"low","summary":"auto"},
             "tools":[{"type":"function","name":"f","parameters":{},"strict":null}],"tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,
             "text":{"verbosity":"low","format":{"type":"json_schema","name":"s","schema":{},"strict":true}}}
            """).Options!;

        Assert.Equal(("Be brief.", 0.5, 0.9, 10), (options.Instructions, options.Temperature, options.TopP, options.MaxOutputTokens));
        Assert.Equal((ReasoningEffort.Low, Verbosity.Low, false), (options.ReasoningEffort, options.Verbosity, options.ParallelToolCalls));
        Assert.Equal(new ToolDefinition("f", null, new RawJson("{}"), null), Assert.Single(options.Tools!.Value));
        Assert.Equal(new ToolChoice(ToolChoiceMode.Named, "f"), options.ToolChoice);
        Assert.Equal(new ResponseFormat(ResponseFormatType.JsonSchema, "s", null, new RawJson("{}"), true), options.ResponseFormat);
        Assert.Equal("auto", ResponseNotes.Of(options).ReasoningSummary);
    }

    [Fact]
    public void Of_tools_only_those_that_are_allowed_are_offered()
    {
        var options = Read(
            """
            {"input":"?","tools":[{"type":"function","name":"f"},{"type":"function","name":"g"}],
             "tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"g"}]}}
            """).Options!;

        Assert.Equal(("g", ToolChoiceMode.Required), (Assert.Single(options.Tools!.Value).Name, options.ToolChoice!.Mode));
    }

    [Theory]
    [InlineData("""{"input":"?","conversation":"conv_x"}""", "conv_x")]
    [InlineData("""{"input":"?","conversation":{"id":"conv_x"}}""", "conv_x")]
    [InlineData("""{"input":"?","conversation":null}""", null)]
    public void A_conversation_is_an_id_or_an_object_with_it(string body, string? id) => Assert.Equal(id, Read(body).ConversationId);

    [Theory]
    [InlineData("""{"input":"?","tool_choice":"auto","parallel_tool_calls":true,"tools":[]}""")]
    [InlineData("""{"input":"?","prompt":null,"top_logprobs":0,"context_management":[],"stream_options":{"include_obfuscation":false},"prompt_cache_retention":"24h"}""")]
    [InlineData("""{"input":"?","user":"u","safety_identifier":"s","prompt_cache_key":"p","service_tier":"auto","max_tool_calls":3,"truncation":"auto"}""")]
    [InlineData("""{"input":"?","include":["reasoning.encrypted_content"],"text":{"verbosity":"medium"},"metadata":{"k":"v"}}""")]
    public void What_changes_nothing_is_taken(string body) => Assert.NotNull(Read(body).Options);

    [Theory]
    [InlineData("""{}""", "'input' is missing")]
    [InlineData("""{"input":"?","conversation":"c","previous_response_id":"r"}""", "'conversation' and 'previous_response_id' exclude each other.")]
    [InlineData("""{"input":"?","temperature":3}""", "'temperature' is a number from 0 to 2.")]
    [InlineData("""{"input":"?","tools":[{"type":"web_search"}]}""", "'tools[0]' is {\"type\": \"function\"")]
    [InlineData("""{"input":"?","tools":[{"type":"function","name":"a b"}]}""", "'tools[0]' is {\"name\"")]
    [InlineData("""{"input":"?","tool_choice":"required"}""", "'tool_choice' takes 'tools'.")]
    [InlineData("""{"input":"?","tool_choice":"any"}""", "'tool_choice' is \"none\"")]
    [InlineData("""{"input":"?","text":{"format":{"type":"json_schema","name":"s"}}}""", "'text.format.schema' is a JSON schema")]
    [InlineData("""{"input":"?","text":{"verbosity":"none"}}""", "'text.verbosity' is \"low\", \"medium\" or \"high\".")]
    [InlineData("""{"input":"?","reasoning":{"effort":"most"}}""", "'reasoning.effort' is \"none\"")]
    [InlineData("""{"input":"?","top_logprobs":3}""", "'top_logprobs' can only be 0")]
    [InlineData("""{"input":"?","include":["message.output_text.logprobs"]}""", "'include' has")]
    [InlineData("""{"input":"?","prompt":{"id":"p"}}""", "'prompt' can only be null")]
    [InlineData("""{"input":"?","n":2}""", "'n' is no parameter that is known here.")]
    [InlineData("""{"input":"?","metadata":{"":"v"}}""", "A key of 'metadata'")]
    public void What_cannot_be_had_is_refused_by_its_name(string body, string error)
    {
        var refused = Assert.Throws<InvalidRequestException>(() => Read(body));

        Assert.StartsWith(error, refused.Message, StringComparison.Ordinal);
    }

    private static CreateResponseBody Read(string json)
    {
        var body = JsonSerializer.Deserialize(json, CreateResponseBody.TypeInfo)!;
        body.Validate();
        return body;
    }
}
