using System.Net;
using System.Net.Sockets;
using OrleansChat.Models;
using OrleansChat.Models.OpenAI;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.OpenAI;

public sealed class OpenAiFaultTests : OpenAiTests
{
    private const string Envelope = """{"error":{"message":"Incorrect key sk-secret","type":"some_type","param":null,"code":"some_code"}}""";

    [Theory]
    [InlineData(400, ModelErrors.Rejected, "The model endpoint rejected the request (HTTP 400, some_code).")]
    [InlineData(401, ModelErrors.Rejected, "The model endpoint refused the configured key (HTTP 401, some_code).")]
    [InlineData(403, ModelErrors.Rejected, "The model endpoint refused the configured key (HTTP 403, some_code).")]
    [InlineData(404, ModelErrors.Rejected, "The model endpoint does not know the configured model or path (HTTP 404, some_code).")]
    [InlineData(422, ModelErrors.Rejected, "The model endpoint rejected the request (HTTP 422, some_code).")]
    [InlineData(302, ModelErrors.Rejected, "The model endpoint has moved (HTTP 302, some_code).")]
    [InlineData(429, ModelErrors.RateLimited, "The model endpoint asks for fewer requests (HTTP 429, some_code).")]
    [InlineData(408, ModelErrors.Error, "The model endpoint failed (HTTP 408, some_code).")]
    [InlineData(500, ModelErrors.Error, "The model endpoint failed (HTTP 500, some_code).")]
    [InlineData(503, ModelErrors.Error, "The model endpoint failed (HTTP 503, some_code).")]
    public async Task ErrorStatus_IsNamedWithoutTheEndpointsText(int status, string code, string message)
    {
        var reply = await AskAsync(ModelScript.Status(status, Envelope));

        AssertFault(reply, code, message);
    }

    [Theory]
    [InlineData("", "HTTP 500")]
    [InlineData("<html>Bad gateway</html>", "HTTP 500")]
    [InlineData("""{"error":"model not loaded"}""", "HTTP 500")]
    [InlineData("""{"error":{"code":null,"type":"some_type"}}""", "HTTP 500, some_type")]
    [InlineData("""{"error":{"code":"not a token: sk-secret"}}""", "HTTP 500")]
    [InlineData("""[{"error":{"code":500,"status":"INTERNAL"}}]""", "HTTP 500, 500")]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error"}}""", "HTTP 500, overloaded_error")]
    [InlineData("""{"code":"\u0061b"}""", "HTTP 500, ab")]
    [InlineData("""{"code":"a""", "HTTP 500")]
    public async Task ErrorBody_OfAnyShape(string body, string words)
    {
        var reply = await AskAsync(ModelScript.Status(500, body));

        AssertFault(reply, ModelErrors.Error, $"The model endpoint failed ({words}).");
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    public async Task SuccessThatIsNoEventStream_IsMalformed(string contentType)
    {
        var reply = await AskAsync(ModelScript.Status(200, "<html>Log in</html>", contentType));

        AssertFault(reply, ModelErrors.Malformed, "The model endpoint did not answer with an event stream.");
    }

    [Fact]
    public async Task NoContentType_IsTakenForAnEventStream()
    {
        var reply = await AskAsync(ModelScript.Stream.ContentType(null).Text("a").Finish().Done());

        Assert.Null(reply.Fault);
        Assert.Equal("a", reply.Text);
    }

    [Theory]
    [InlineData("rate_limit_exceeded", ModelErrors.RateLimited, "The model endpoint asks for fewer requests (rate_limit_exceeded).")]
    [InlineData("insufficient_quota", ModelErrors.RateLimited, "The model endpoint asks for fewer requests (insufficient_quota).")]
    [InlineData("server_overloaded", ModelErrors.Error, "The model endpoint reported an error (server_overloaded).")]
    [InlineData("no token", ModelErrors.Error, "The model endpoint reported an error (server_error).")]
    public async Task ErrorChunk_FailsTheReplyAndKeepsItsText(string upstream, string code, string message)
    {
        var reply = await AskAsync(ModelScript.Stream.Text("partial").Error(upstream).Done());

        Assert.Equal("partial", reply.Text);
        AssertFault(reply, code, message);
    }

    [Theory]
    [InlineData("""{"error":{"code":429}}""", ModelErrors.RateLimited, "The model endpoint asks for fewer requests (429).")]
    [InlineData("""{"code":"bad_thing"}""", ModelErrors.Error, "The model endpoint reported an error (bad_thing).")]
    [InlineData("plain text", ModelErrors.Error, "The model endpoint reported an error.")]
    public async Task ErrorEvent_FailsTheReply(string data, string code, string message)
    {
        var reply = await AskAsync(ModelScript.Stream.Text("partial").Event(data, "error").Done());

        AssertFault(reply, code, message);
    }

    [Fact]
    public async Task FinishReasonError_FailsTheReply()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("partial").Finish("error").Done());

        AssertFault(reply, ModelErrors.Error, "The model endpoint reported an error.");
    }

    [Fact]
    public async Task EndOfFile_IsTruncated()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("par", "tial"));

        Assert.Equal("partial", reply.Text);
        AssertFault(reply, ModelErrors.Truncated, "The model's reply was cut off before its end.");
    }

    [Fact]
    public async Task EndOfFileBeforeAnything_IsTruncated() =>
        AssertFault(await AskAsync(ModelScript.Stream), ModelErrors.Truncated, "The model's reply was cut off before its end.");

    [Fact]
    public async Task EndOfFileWithinAnEvent_IsTruncated()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Raw("data: {\"choices\":[{\"delta\":{\"cont"));

        AssertFault(reply, ModelErrors.Truncated, "The model's reply was cut off before its end.");
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"secret""")]
    [InlineData("secret")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("[DONE")]
    public async Task EventThatIsNoJsonObject_IsMalformed(string data)
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Event(data).Finish().Done());

        Assert.Equal("a", reply.Text);
        AssertFault(reply, ModelErrors.Malformed, "The model endpoint sent an event that is not JSON.");
        Assert.Null(reply.Fault?.InnerException);
    }

    [Fact]
    public async Task EventWithoutEnd_IsMalformed()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Raw("data: " + new string('x', 2 * EventBudgetStream.MostBytes)).Stall());

        AssertFault(reply, ModelErrors.Malformed, "The model endpoint sent an event that is too long.");
    }

    [Fact]
    public async Task Reset_IsUnreachable()
    {
        var gate = new Gate();
        Server.Enqueue(ModelScript.Stream.Text("a").Wait(gate).Reset());
        await using var updates = Client.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        gate.Open();

        var fault = await Assert.ThrowsAsync<ModelException>(async () => await updates.MoveNextAsync()).WaitAsync(Soon);

        Assert.Equal(ModelErrors.Unreachable, fault.Code);
        Assert.Equal("The model endpoint could not be reached, or the connection broke (ConnectionReset).", fault.Message);
    }

    [Fact]
    public async Task ConnectionClosedWithinTheResponse_IsUnreachable()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Cut());

        Assert.Equal("a", reply.Text);
        AssertFault(reply, ModelErrors.Unreachable, "The model endpoint could not be reached, or the connection broke (ResponseEnded).");
    }

    [Fact]
    public async Task ConnectionRefused_IsUnreachable()
    {
        using var client = CreateClient(new Uri("http://127.0.0.1:1/v1"));

        var reply = await CollectedReply.AskAsync(client, "Hi");

        AssertFault(reply, ModelErrors.Unreachable, "The model endpoint could not be reached, or the connection broke (ConnectionRefused).");
    }

    [Fact]
    public async Task UnknownHost_IsUnreachable()
    {
        // RFC 6761: this name never resolves.
        using var client = CreateClient(new Uri("http://model.invalid/v1"));

        var reply = await CollectedReply.AskAsync(client, "Hi");

        Assert.Equal(ModelErrors.Unreachable, reply.Fault?.Code);
        Assert.DoesNotContain("model.invalid", reply.Fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsWithAServerThatSpeaksNone_IsUnreachable()
    {
        using var client = CreateClient(new UriBuilder(Server.Endpoint) { Scheme = "https" }.Uri);

        var reply = await CollectedReply.AskAsync(client, "Hi");

        AssertFault(reply, ModelErrors.Unreachable, "The model endpoint could not be reached, or the connection broke (SecureConnectionError).");
    }

    [Fact]
    public async Task HandshakeThatIsNeverAnswered_HasAConnectTimeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new OpenAiChatClient(
            new ModelOptions { Endpoint = new Uri($"https://{listener.LocalEndpoint}/v1"), ConnectTimeout = TimeSpan.FromMilliseconds(100) }, Time);

        var reply = await CollectedReply.AskAsync(client, "Hi").WaitAsync(Soon);

        AssertFault(reply, ModelErrors.ConnectTimeout, "The model endpoint did not take the connection in time.");
    }

    [Fact]
    public async Task NoHttp_IsMalformed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = CreateClient(new Uri($"http://{listener.LocalEndpoint}/v1"));
        var asking = CollectedReply.AskAsync(client, "Hi");
        using var connection = await listener.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync("220 smtp.example.org ESMTP\r\n\r\n"u8.ToArray());

        AssertFault(await asking.WaitAsync(Soon), ModelErrors.Malformed, "The model endpoint did not answer in HTTP.");
    }

    private static void AssertFault(CollectedReply reply, string code, string message)
    {
        Assert.Equal(code, reply.Fault?.Code);
        Assert.Equal(message, reply.Fault?.Message);
        Assert.Empty(reply.FinishReasons);
    }
}
