using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Contents;
using OrleansChat.Generation;
using OrleansChat.Models;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.OpenAI;

public sealed class OpenAiRequestTests : OpenAiTests
{
    [Fact]
    public async Task Request_HasTheConversationAndAsksForAStreamWithUsage()
    {
        await CollectedReply.FromAsync(Client.GetStreamingResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Grüße \"du\" 😀\n"), new(ChatRole.Assistant, "Hi"), new(ChatRole.User, "half \ud83d")]));

        var request = Assert.Single(Server.Requests);
        Assert.Equal(("POST", "/v1/chat/completions"), (request.Method, request.Path));
        Assert.Equal("Bearer sk-test", request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(
            """{"model":"test-model","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Grüße \"du\" 😀\n"},{"role":"assistant","content":"Hi"},{"role":"user","content":"half �"}],"stream":true,"stream_options":{"include_usage":true}}""",
            request.Body.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal).Replace("\\uFFFD", "\ufffd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_AreSentWhereSet()
    {
        var options = new ChatOptions { ModelId = "ignored", Temperature = 0.5f, TopP = 0.25f, MaxOutputTokens = 9, StopSequences = ["a", "b"] };
        await CollectedReply.FromAsync(Client.GetStreamingResponseAsync([new(ChatRole.User, "Hi")], options));

        Assert.Equal(
            """{"model":"test-model","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"top_p":0.25,"max_tokens":9,"stop":["a","b"]}""",
            Server.Requests[0].Body);
    }

    [Fact]
    public async Task ToolsAndForm_AreSentWhereSet()
    {
        var options = new ChatOptions
        {
            Seed = -7,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), "city", "A city"),
            AdditionalProperties = new AdditionalPropertiesDictionary { ["strict"] = true },
            Tools = [new ToolDeclaration(new ToolDefinition("f", "Does it", new RawJson("""{"type":"object"}"""), Strict: true)), new ToolDeclaration(new ToolDefinition("g"))],
            ToolMode = ChatToolMode.RequireSpecific("f"),
            AllowMultipleToolCalls = false,
        };
        await CollectedReply.FromAsync(Client.GetStreamingResponseAsync([new(ChatRole.User, "Hi")], options));

        Assert.EndsWith(
            """},"seed":-7,"response_format":{"type":"json_schema","json_schema":{"name":"city","description":"A city","schema":{"type":"object"},"strict":true}},"tools":[{"type":"function","function":{"name":"f","description":"Does it","parameters":{"type":"object"},"strict":true}},{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}],"tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":false}""",
            Server.Requests[0].Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task PenaltiesEffortAndVerbosity_AreSent()
    {
        var options = new ChatOptions { FrequencyPenalty = -1.5f, PresencePenalty = 0.5f, Reasoning = new ReasoningOptions { Effort = Microsoft.Extensions.AI.ReasoningEffort.Medium }, AdditionalProperties = new() { ["verbosity"] = "low" } };
        await CollectedReply.FromAsync(Client.GetStreamingResponseAsync([new(ChatRole.User, "Hi")], options));

        Assert.EndsWith(
            """},"frequency_penalty":-1.5,"presence_penalty":0.5,"reasoning_effort":"medium","verbosity":"low"}""", Server.Requests[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    [InlineData("required")]
    public async Task ToolMode_IsAWord(string word)
    {
        var mode = word switch { "auto" => ChatToolMode.Auto, "none" => (ChatToolMode)ChatToolMode.None, _ => ChatToolMode.RequireAny };
        var options = new ChatOptions { Tools = [new ToolDeclaration(new ToolDefinition("g"))], ToolMode = mode, ResponseFormat = ChatResponseFormat.Json };
        await CollectedReply.FromAsync(Client.GetStreamingResponseAsync([new(ChatRole.User, "Hi")], options));

        var request = Server.Requests[0].Json;
        Assert.Equal(word, request.GetProperty("tool_choice").GetString());
        Assert.Equal("json_object", request.GetProperty("response_format").GetProperty("type").GetString());
    }

    [Fact]
    public async Task CallsResultsAndImages_AreSent()
    {
        var call = ToolCallArguments.ToContent(new ToolCall("call_1", "f", "{ \"a\": 1 }"));
        await CollectedReply.FromAsync(Client.GetStreamingResponseAsync(
        [
            new(ChatRole.User, [new TextContent("Look"), new UriContent("https://x.example/a.png", "image/*") { AdditionalProperties = new() { ["detail"] = "low" } }, new DataContent("data:image/png;base64,AAAA")]),
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), call]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "one"), new FunctionResultContent("call_2", "two")]),
        ]));

        Assert.Contains(
            "\"messages\":" + """[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://x.example/a.png","detail":"low"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{ \"a\": 1 }"}}]},{"role":"tool","tool_call_id":"call_1","content":"one"},{"role":"tool","tool_call_id":"call_2","content":"two"}],"stream":true""",
            Server.Requests[0].Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoKey_NoAuthorization()
    {
        using var client = CreateClient(Server.Endpoint, apiKey: null);

        await CollectedReply.AskAsync(client, "Hi");

        Assert.DoesNotContain("Authorization", Server.Requests[0].Headers.Keys);
    }

    [Fact]
    public async Task EndpointWithATrailingSlash_IsTheSameEndpoint()
    {
        using var client = CreateClient(new Uri(Server.Endpoint.AbsoluteUri + "/"));

        await CollectedReply.AskAsync(client, "Hi");

        Assert.Equal("/v1/chat/completions", Server.Requests[0].Path);
    }

    [Fact]
    public async Task EndpointWithoutAPath_IsPostedToDirectly()
    {
        using var client = CreateClient(new Uri(Server.Endpoint, "/"));

        await CollectedReply.AskAsync(client, "Hi");

        Assert.Equal("/chat/completions", Server.Requests[0].Path);
    }

    [Fact]
    public async Task Connection_IsUsedAgainAfterAGoodReply()
    {
        await AskAsync(ModelScript.Reply("a"));
        await AskAsync(ModelScript.Reply("b"));

        Assert.Equal(Server.Requests[0].Connection, Server.Requests[1].Connection);
    }

    [Fact]
    public async Task FailedRequest_IsSentOnce()
    {
        await AskAsync(ModelScript.Status(503));

        Assert.Single(Server.Requests);
    }
}
