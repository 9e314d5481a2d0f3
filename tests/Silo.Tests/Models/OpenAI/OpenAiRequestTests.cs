using Microsoft.Extensions.AI;
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
