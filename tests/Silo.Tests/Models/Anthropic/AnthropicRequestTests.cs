using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Anthropic;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Models.Anthropic;

namespace OrleansChat.Silo.Tests.Models.Anthropic;

public sealed class AnthropicRequestTests : AnthropicTests
{
    [Fact]
    public async Task Request_HasTheKeyTheVersionAndTheConversation()
    {
        var request = await AskAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Grüße \"du\" 😀\n"), new(ChatRole.Assistant, "Hi"), new(ChatRole.User, "And?")]);

        Assert.Equal(("POST", "/v1/messages"), (request.Method, request.Path));
        Assert.Equal("Bearer sk-ant-test", request.Headers["Authorization"]);
        Assert.Equal("2026-10-21", request.Headers["anthropic-version"]);
        AssertBody(
            """
            {"model":"test-model","max_tokens":8192,"stream":true,"system":"Be brief.","messages":[
              {"role":"user","content":[{"type":"text","text":"Grüße \"du\" 😀\n"}]},
              {"role":"assistant","content":[{"type":"text","text":"Hi"}]},
              {"role":"user","content":[{"type":"text","text":"And?"}]}]}
            """,
            request);
    }

    [Fact]
    public async Task Options_AreSentWhereTheApiHasThem()
    {
        var options = new ChatOptions { Temperature = 0.5f, TopP = 0.25f, MaxOutputTokens = 9, StopSequences = ["a", "b"], Seed = 7 };

        AssertBody(
            """
            {"model":"test-model","max_tokens":9,"stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],
             "stop_sequences":["a","b"]}
            """,
            await AskAsync([new(ChatRole.User, "Hi")], options));
    }

    [Fact]
    public async Task Tools_CallsAndResults_AreSentAsBlocks()
    {
        var options = new ChatOptions { Tools = [new WeatherTool()], ToolMode = ChatToolMode.RequireSpecific("weather"), AllowMultipleToolCalls = false };

        AssertBody(
            """
            {"model":"test-model","max_tokens":8192,"stream":true,"messages":[
              {"role":"user","content":[{"type":"text","text":"Weather?"}]},
              {"role":"assistant","content":[{"type":"text","text":"I look."},{"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Paris","n":1.50}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":"sunny"},{"type":"text","text":"So?"}]}],
             "tools":[{"name":"weather","description":"Tells the weather.","input_schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}],
             "tool_choice":{"type":"tool","name":"weather","disable_parallel_tool_use":true}}
            """,
            await AskAsync([.. WeatherTool.Conversation("""{"city": "Paris", "n": 1.50}"""), new(ChatRole.User, "So?")], options));
    }

    [Fact]
    public async Task SystemMessageAtTheEnd_IsWhatIsRepliedTo() => AssertBody(
        """
        {"model":"test-model","max_tokens":8192,"stream":true,"system":"Be brief.","messages":[
          {"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":[{"type":"text","text":"Hello"}]},
          {"role":"user","content":[{"type":"text","text":"Say goodbye."}]}]}
        """,
        await AskAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hello"), new(ChatRole.System, "Say goodbye.")]));

    [Fact]
    public async Task ArgumentsThatWereCutOff_GoBackAsNone()
    {
        var request = await AskAsync(WeatherTool.Conversation("""{"city": "Par"""));

        Assert.Equal("{}", request.Json.GetProperty("messages")[1].GetProperty("content")[1].GetProperty("input").GetRawText());
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("any")]
    [InlineData("none")]
    public async Task ToolMode_IsTranslated(string expected)
    {
        ChatToolMode mode = expected switch { "any" => ChatToolMode.RequireAny, "none" => ChatToolMode.None, _ => ChatToolMode.Auto };
        var request = await AskAsync([new(ChatRole.User, "Hi")], new ChatOptions { Tools = [new WeatherTool()], ToolMode = mode });

        Assert.Equal($$"""{"type":"{{expected}}"}""", request.Json.GetProperty("tool_choice").GetRawText());
    }

    [Fact]
    public async Task Thinking_GoesBackWithItsSignatureAndNotWithoutIt() => AssertBody(
        """
        {"model":"test-model","max_tokens":8192,"stream":true,"messages":[
          {"role":"user","content":[{"type":"text","text":"Hi"}]},
          {"role":"assistant","content":[
            {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},{"type":"redacted_thinking","data":"b3BhcXVl"},{"type":"text","text":"42"}]},
          {"role":"user","content":[{"type":"text","text":"Why?"}]}]}
        """,
        await AskAsync(
        [
            new(ChatRole.User, "Hi"),
            new(ChatRole.Assistant,
            [
                new TextReasoningContent("Let me"), new TextReasoningContent(" see.") { ProtectedData = "c2ln" },
                new TextReasoningContent("") { ProtectedData = "redacted:b3BhcXVl" }, new TextContent("42"), new TextReasoningContent("somebody else's"),
            ]),
            new(ChatRole.User, "Why?"),
        ]));

    [Fact]
    public async Task Images_AreSent()
    {
        var request = await AskAsync(
        [
            new(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent(new Uri("https://host/cat.jpg"), "image/jpeg"), new TextContent("Cat?")]),
        ]);

        Assert.Equal(
            """[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},{"type":"image","source":{"type":"url","url":"https://host/cat.jpg"}},{"type":"text","text":"Cat?"}]""",
            request.Json.GetProperty("messages")[0].GetProperty("content").GetRawText());
    }

    [Fact]
    public async Task Schema_IsSent()
    {
        var schema = JsonElement.Parse("""{"type":"object"}""");
        var request = await AskAsync([new(ChatRole.User, "Hi")], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) });

        Assert.Equal("""{"format":{"type":"json_schema","schema":{"type":"object"}}}""", request.Json.GetProperty("output_config").GetRawText());
    }

    [Fact]
    public async Task EmptyMessages_AreLeftOut()
    {
        var request = await AskAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, " \n"), new(ChatRole.User, "Hello?"), new(ChatRole.System, "")]);

        Assert.Equal(
            """[{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":"Hello?"}]}]""",
            request.Json.GetProperty("messages").GetRawText());
        Assert.False(request.Json.TryGetProperty("system", out _));
    }

    [Fact]
    public async Task ThinkingTokens_AreNotSentWhereAToolHasToBeUsed()
    {
        using var client = CreateClient(thinkingTokens: 2000);
        var options = new ChatOptions { Tools = [new WeatherTool()], ToolMode = ChatToolMode.RequireAny };
        var required = await AskAsync(client, [new(ChatRole.User, "Hi")], options);
        var free = await AskAsync(client, [new(ChatRole.User, "Hi")], new ChatOptions { Tools = [new WeatherTool()], ToolMode = ChatToolMode.Auto });

        Assert.False(required.Json.TryGetProperty("thinking", out _));
        Assert.Equal("""{"type":"any"}""", required.Json.GetProperty("tool_choice").GetRawText());
        Assert.Equal("""{"type":"enabled","budget_tokens":2000}""", free.Json.GetProperty("thinking").GetRawText());
    }

    [Theory]
    [InlineData(ReasoningEffort.None, false)]
    [InlineData(ReasoningEffort.Low, true)]
    public async Task ThinkingTokens_AreNotSentWhereNoThinkingIsWanted(ReasoningEffort effort, bool thinks)
    {
        using var client = CreateClient(thinkingTokens: 2000);

        var request = await AskAsync(client, [new(ChatRole.User, "Hi")], new ChatOptions { Reasoning = new ReasoningOptions { Effort = effort } });

        Assert.Equal(thinks, request.Json.TryGetProperty("thinking", out _));
    }

    [Fact]
    public async Task ThinkingTokens_AreNotSentWhereNothingWouldBeLeftOrATextIsContinued()
    {
        using var client = CreateClient(maxOutputTokens: 4000, thinkingTokens: 2000);

        var small = await AskAsync(client, [new(ChatRole.User, "Hi")], new ChatOptions { MaxOutputTokens = 2000 });
        var continued = await AskAsync(client, [new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Well")]);

        Assert.False(small.Json.TryGetProperty("thinking", out _));
        Assert.False(continued.Json.TryGetProperty("thinking", out _));
        Assert.Equal(4000, continued.Json.GetProperty("max_tokens").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ThinkingTokens_AreSentAfterToolsOnlyWhereTheModelThoughtBefore(bool thought)
    {
        using var client = CreateClient(thinkingTokens: 2000);
        List<ChatMessage> conversation = [.. WeatherTool.Conversation("{}")];
        if (thought)
        {
            conversation[1].Contents.Insert(0, new TextReasoningContent("I look.") { ProtectedData = "c2ln" });
        }

        var request = await AskAsync(client, conversation, new ChatOptions { Tools = [new WeatherTool()] });

        Assert.Equal(thought, request.Json.TryGetProperty("thinking", out _));
    }

    [Theory]
    [InlineData("One two", new[] { " three" }, " three")]
    [InlineData("One two ", new[] { "three" }, "three")]
    [InlineData("One two ", new[] { " ", "three" }, "three")]
    [InlineData("One two \n\n", new[] { " \n", "\n  three" }, "  three")]
    [InlineData("One two \n", new[] { " three" }, "three")]
    public async Task TextToContinue_IsSentWithoutWhiteSpaceAtItsEnd_WhichIsNotRepeated(string text, string[] pieces, string expected)
    {
        Server.Enqueue(AnthropicScript.Reply(pieces));

        var reply = await CollectedReply.FromAsync(Client.GetStreamingResponseAsync([new(ChatRole.User, "Count"), new(ChatRole.Assistant, text)]));

        Assert.Equal(expected, reply.Text);
        Assert.Equal(
            """{"role":"assistant","content":[{"type":"text","text":"One two"}]}""", Server.Requests[0].Json.GetProperty("messages")[1].GetRawText());
    }

    [Fact]
    public async Task NoKey_NoKeyIsSent()
    {
        using var client = CreateClient(apiKey: null);

        var request = await AskAsync(client, [new(ChatRole.User, "Hi")]);

        Assert.DoesNotContain("X-Api-Key", request.Headers.Keys);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
    }

    [Theory]
    [InlineData("/", "/v1/messages")]
    [InlineData("/v1/", "/v1/messages")]
    [InlineData("/proxy/v1", "/proxy/v1/messages")]
    [InlineData("/anthropic", "/anthropic/v1/messages")]
    public async Task Endpoint_IsTheBaseUrlWithOrWithoutTheVersion(string path, string expected)
    {
        using var client = CreateClient(new Uri(Server.Endpoint, path));

        Assert.Equal(expected, (await AskAsync(client, [new(ChatRole.User, "Hi")])).Path);
    }

    private Task<ModelRequest> AskAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => AskAsync(Client, messages, options);

    private async Task<ModelRequest> AskAsync(AnthropicChatClient client, IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        Server.Enqueue(AnthropicScript.Reply("a"));
        var reply = await CollectedReply.FromAsync(client.GetStreamingResponseAsync(messages, options)).WaitAsync(Soon);
        Assert.Null(reply.Fault);
        return Server.Requests[^1];
    }

    private static void AssertBody(string expected, ModelRequest request) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), request.Json), request.Body);
}
