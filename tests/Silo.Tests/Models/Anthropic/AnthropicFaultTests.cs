using OrleansChat.Models;
using OrleansChat.Models.OpenAI;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Models.Anthropic;

namespace OrleansChat.Silo.Tests.Models.Anthropic;

public sealed class AnthropicFaultTests : AnthropicTests
{
    [Theory]
    [InlineData(400, ModelErrors.Rejected, "The model endpoint rejected the request (HTTP 400, some_error).")]
    [InlineData(401, ModelErrors.Rejected, "The model endpoint refused the configured key (HTTP 401, some_error).")]
    [InlineData(404, ModelErrors.Rejected, "The model endpoint does not know the configured model or path (HTTP 404, some_error).")]
    [InlineData(302, ModelErrors.Rejected, "The model endpoint has moved (HTTP 302, some_error).")]
    [InlineData(429, ModelErrors.RateLimited, "The model endpoint asks for fewer requests (HTTP 429, some_error).")]
    [InlineData(500, ModelErrors.Error, "The model endpoint failed (HTTP 500, some_error).")]
    [InlineData(529, ModelErrors.Error, "The model endpoint failed (HTTP 529, some_error).")]
    public async Task ErrorStatus_IsNamedOnceWithoutTheEndpointsText(int status, string code, string message)
    {
        var reply = await AskAsync(ModelScript.Status(
            status, AnthropicScript.Error("some_error", "sk-secret"), headers: new Dictionary<string, string> { ["X-Should-Retry"] = "true", ["Location"] = "/elsewhere" }));

        AssertFault(reply, code, message);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task SuccessThatIsNoEventStream_IsMalformed() => AssertFault(
        await AskAsync(ModelScript.Status(200, "<html>Log in</html>", "text/html")),
        ModelErrors.Malformed,
        "The model endpoint did not answer with an event stream.");

    [Theory]
    [InlineData("overloaded_error", ModelErrors.Error, "The model endpoint reported an error (overloaded_error).")]
    [InlineData("rate_limit_error", ModelErrors.RateLimited, "The model endpoint asks for fewer requests (rate_limit_error).")]
    [InlineData("no token", ModelErrors.Error, "The model endpoint reported an error.")]
    public async Task ErrorEvent_FailsTheReplyAndKeepsItsText(string type, string code, string message)
    {
        var reply = await AskAsync(Half().StreamError(type, "sk-secret").MessageDelta("end_turn", 1).MessageStop());

        Assert.Equal("partial", reply.Text);
        AssertFault(reply, code, message);
    }

    [Fact]
    public async Task EndOfFile_WhereverItComesBeforeTheEndSignal_IsTruncated()
    {
        ModelScript[] cuts =
        [
            ModelScript.Stream,
            ModelScript.Stream.MessageStart(1),
            Half(),
            Half().Raw("event: content_block_delta\ndata: {\"type\":\"content_bl"),
            Half().BlockStop(0),
            Half().BlockStop(0).MessageDelta("end_turn", 1),
            Half().BlockStop(0).MessageDelta("end_turn", 1).Raw("event: message_stop\ndata: {\"type\":\"message_stop\"}\n"),
        ];
        foreach (var cut in cuts)
        {
            AssertFault(await AskAsync(cut), ModelErrors.Truncated, "The model's reply was cut off before its end.");
        }
    }

    [Theory]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"secr""")]
    [InlineData("secret")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    public async Task EventThatIsNoJsonObject_IsMalformed(string data)
    {
        var reply = await AskAsync(Half().Event(data, "content_block_delta").MessageStop());

        Assert.Equal("partial", reply.Text);
        AssertFault(reply, ModelErrors.Malformed, "The model endpoint sent an event that is not JSON.");
    }

    [Fact]
    public async Task EventWithoutEnd_IsMalformed() => AssertFault(
        await AskAsync(Half().Raw("data: " + new string('x', 2 * EventBudgetStream.MostBytes)).Stall()),
        ModelErrors.Malformed,
        "The model endpoint sent an event that is too long.");

    [Fact]
    public async Task ConnectionClosedWithinTheResponse_IsUnreachable() => AssertFault(
        await AskAsync(Half().Cut()),
        ModelErrors.Unreachable,
        "The model endpoint could not be reached, or the connection broke (ResponseEnded).");

    [Fact]
    public async Task ConnectionRefused_IsUnreachable()
    {
        using var client = CreateClient(new Uri("http://127.0.0.1:1/v1"));

        AssertFault(
            await CollectedReply.AskAsync(client, "Hi"),
            ModelErrors.Unreachable,
            "The model endpoint could not be reached, or the connection broke (ConnectionRefused).");
    }

    [Fact]
    public async Task FaultsBehindTheEnd_DoNotCount()
    {
        var reply = await AskAsync(AnthropicScript.Reply("a").Event("no JSON").Cut());

        Assert.Null(reply.Fault);
        Assert.Equal(["stop"], reply.FinishReasons);
    }

    [Fact]
    public async Task RefusalWhoseBodyNeverEnds_IsStillARefusal()
    {
        var gate = new Gate();
        Server.Enqueue(ModelScript.Stream.StatusCode(401).Raw("{\"error\":").Wait(gate));
        var asking = CollectedReply.AskAsync(Client, "Hi");
        await gate.Reached.WaitAsync(Soon);
        await Time.WaitForTimersAsync().WaitAsync(Soon);

        Time.Advance(TimeSpan.FromSeconds(2));

        AssertFault(await asking.WaitAsync(Soon), ModelErrors.Rejected, "The model endpoint refused the configured key (HTTP 401).");
    }

    private static ModelScript Half() => ModelScript.Stream.MessageStart(1).BlockStart(0, """{"type":"text","text":""}""").TextDeltas(0, "par", "tial");

    private static void AssertFault(CollectedReply reply, string code, string message)
    {
        Assert.Equal(message, reply.Fault?.Message);
        Assert.Equal(code, reply.Fault?.Code);
        Assert.Empty(reply.FinishReasons);
    }
}
