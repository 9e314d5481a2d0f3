using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Responses;

namespace OrleansChat.Silo.Tests.Models.Responses;

public sealed class ResponsesReplyTests : ResponsesTests
{
    [Fact]
    public async Task Reply_ComesAsItIsWritten()
    {
        var reading = ReadAsync();
        var response = await Server.NextResponseAsync();
        response.Reason(0, "I", " think");
        response.Emit("Hello", " wörld 😀");
        response.Refuse("No.");
        response.Call(3, "call_1", "weather", "{\"city\":\"Paris\"}", "{\"city\":", "\"Paris\"}");
        response.Call(4, "call_2", "now", "{}");
        response.Complete(input: 12, output: 7);

        Assert.Equal(
            [
                "thinking I", "thinking  think", "text Hello", "text  wörld 😀", "refusal No.",
                "call 0 call_1 weather ", "call 0 {\"city\":", "call 0 \"Paris\"}", "call 1 call_2 now ", "call 1 {}",
                "usage 12/7/19 cached 4 reasoning 3", "end tool_calls",
            ],
            await reading);
    }

    [Theory]
    [InlineData("max_output_tokens", "length")]
    [InlineData("content_filter", "content_filter")]
    public async Task IncompleteReply_SaysWhy(string reason, string expected)
    {
        var reading = ReadAsync();
        var response = await Server.NextResponseAsync();
        response.Emit("a");
        response.Incomplete(reason);

        Assert.Equal(["text a", $"end {expected}"], await reading);
    }

    [Fact]
    public async Task HalfACharacter_WaitsForItsOtherHalf()
    {
        var reading = ReadAsync();
        var response = await Server.NextResponseAsync();
        response.Event("response.output_text.delta", """{"output_index":0,"delta":"a\ud83d"}""");
        response.Event("response.output_text.delta", """{"output_index":0,"delta":"\ude00b"}""");
        response.Complete();

        Assert.Equal(["text a", "text 😀b"], (await reading).Take(2));
    }

    [Fact]
    public async Task Request_InTheForeground_IsNotStored()
    {
        using var client = CreateClient();
        var options = new ChatOptions { Temperature = 0.5f, TopP = 0.25f, MaxOutputTokens = 9, Tools = [new WeatherTool()], ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = false };
        var response = await RequestAsync(client, [new(ChatRole.System, "Be brief."), .. WeatherTool.Conversation("""{"city": "Paris"}""")], options);

        AssertJson(
            """
            {"model":"test-model","stream":true,"store":false,"input":[
              {"type":"message","role":"system","content":"Be brief."},
              {"type":"message","role":"user","content":"Weather?"},
              {"type":"message","role":"assistant","content":"I look."},
              {"type":"function_call","call_id":"call_1","name":"weather","arguments":"{\"city\": \"Paris\"}"},
              {"type":"function_call_output","call_id":"call_1","output":"sunny"}],
             "max_output_tokens":9,"temperature":0.5,"top_p":0.25,
             "tools":[{"type":"function","name":"weather","description":"Tells the weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]},"strict":false}],
             "tool_choice":"required","parallel_tool_calls":false}
            """,
            response);
    }

    [Fact]
    public async Task Request_InTheBackground_IsStored()
    {
        using var client = CreateClient(maxOutputTokens: 500, reasoningSummaries: true);
        var response = await RequestAsync(client, [new(ChatRole.User, "Hi")], new ChatOptions { AllowBackgroundResponses = true });

        AssertJson(
            """
            {"model":"test-model","stream":true,"store":true,"background":true,"input":[{"type":"message","role":"user","content":"Hi"}],
             "max_output_tokens":500,"reasoning":{"summary":"auto"}}
            """,
            response);
    }

    [Fact]
    public async Task EffortAndVerbosity_AreSentAndPenaltiesWhichTheApiDoesNotHaveAreNot()
    {
        using var client = CreateClient(reasoningSummaries: true);
        var options = new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High }, FrequencyPenalty = 1, PresencePenalty = 1, AdditionalProperties = new() { ["verbosity"] = "low" } };

        AssertJson(
            """
            {"model":"test-model","stream":true,"store":false,"input":[{"type":"message","role":"user","content":"Hi"}],
             "reasoning":{"effort":"high","summary":"auto"},"text":{"verbosity":"low"}}
            """,
            await RequestAsync(client, [new(ChatRole.User, "Hi")], options));
    }

    [Fact]
    public async Task Images_AndSchemas_AreSent()
    {
        var request = await RequestAsync(
            Client,
            [new(ChatRole.User, [new TextContent("Cat?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent(new Uri("https://host/cat.jpg"), "image/jpeg") { AdditionalProperties = new() { ["detail"] = "low" } }])],
            new ChatOptions
            {
                ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), "cat"),
                AdditionalProperties = new() { ["strict"] = true, ["verbosity"] = "high" },
            });

        AssertJson(
            """
            {"model":"test-model","stream":true,"store":false,"input":[{"type":"message","role":"user","content":[
              {"type":"input_text","text":"Cat?"},{"type":"input_image","image_url":"data:image/png;base64,AQID"},{"type":"input_image","image_url":"https://host/cat.jpg","detail":"low"}]}],
             "text":{"format":{"type":"json_schema","name":"cat","schema":{"type":"object"},"strict":true},"verbosity":"high"}}
            """,
            request);
    }

    [Theory]
    [InlineData("rate_limit_exceeded", ModelErrors.RateLimited, "The model endpoint asks for fewer requests (rate_limit_exceeded).")]
    [InlineData("server_error", ModelErrors.Error, "The model endpoint reported an error (server_error).")]
    public async Task FailedReply_KeepsItsText(string upstream, string code, string message)
    {
        var asking = AskAsync(isBackground: false);
        var response = await Server.NextResponseAsync();
        response.Emit("partial");
        response.Fail(upstream);

        var reply = await asking;
        Assert.Equal("partial", reply.Text);
        Assert.Equal((code, message), (reply.Fault?.Code, reply.Fault?.Message));
    }

    [Fact]
    public async Task ErrorEvent_FailsTheReply()
    {
        var asking = AskAsync(isBackground: true);
        (await Server.NextResponseAsync()).Event("error", """{"code":"server_error","message":"sk-secret","param":null}""");

        var reply = await asking;
        Assert.Equal("The model endpoint reported an error (server_error).", reply.Fault?.Message);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData(true, ModelErrors.Truncated)]
    [InlineData(false, ModelErrors.Unreachable)]
    public async Task ForegroundReplyThatIsCutOff_IsNotComplete(bool cleanly, string code)
    {
        var reading = Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).GetAsyncEnumerator();
        var next = reading.MoveNextAsync();
        var response = await Server.NextResponseAsync();
        response.Emit("partial");
        Assert.True(await next);
        response.Break(cleanly);

        var fault = await Assert.ThrowsAsync<ModelException>(async () => await reading.MoveNextAsync()).WaitAsync(Soon);
        Assert.Equal(code, fault.Code);
        Assert.Single(Server.Requests);
        await reading.DisposeAsync();
    }

    [Theory]
    [InlineData(401, ModelErrors.Rejected, "The model endpoint refused the configured key (HTTP 401, some_code).")]
    [InlineData(429, ModelErrors.RateLimited, "The model endpoint asks for fewer requests (HTTP 429, some_code).")]
    [InlineData(500, ModelErrors.Error, "The model endpoint failed (HTTP 500, some_code).")]
    public async Task ErrorStatus_IsNamedOnceWithoutTheEndpointsText(int status, string code, string message)
    {
        Server.RefuseNext(status);

        var reply = await AskAsync(isBackground: true);

        Assert.Equal((code, message), (reply.Fault?.Code, reply.Fault?.Message));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task EventThatIsNoJsonObject_IsMalformed()
    {
        var asking = AskAsync(isBackground: false);
        var response = await Server.NextResponseAsync();
        response.Emit("a");
        response.Event("response.output_text.delta", "{secret");

        Assert.Equal("The model endpoint sent an event that is not JSON.", (await asking).Fault?.Message);
    }

    private Task<IReadOnlyList<string>> ReadAsync() => Contents.OfAsync(Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]));

    private async Task<JsonElement> RequestAsync(ResponsesChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        var reading = Contents.OfAsync(client.GetStreamingResponseAsync(messages, options));
        var response = await Server.NextResponseAsync();
        response.Complete();
        await reading;
        return response.Request;
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), actual.GetRawText());
}
