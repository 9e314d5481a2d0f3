using System.Net;
using System.Text;
using OrleansChat.Testing.Faults;

namespace OrleansChat.EndToEnd.Tests.Faults;

/// <summary>Endpoints quote keys and prompts in their errors. Users and logs do not get to see that.</summary>
public sealed class SecretsTests(FaultyModelsFixture fixture) : IClassFixture<FaultyModelsFixture>
{
    private const string Prompt = "a-prompt-that-stays-here";
    private const string Echo = $"Incorrect API key {FaultyModel.Key} for '{Prompt}'";

    public static TheoryData<string, string, string> Answers => new()
    {
        { "status", $"HTTP/1.1 401 {Echo}\r\nContent-Length: 0\r\n\r\n", "upstream_rejected" },
        { "body", WithLength("401 Unauthorized", $$$"""{"error":{"message":"{{{Echo}}}","code":"{{{Echo}}}","type":"{{{Echo}}}"}}"""), "upstream_rejected" },
        { "page", WithLength("502 Bad Gateway\r\nContent-Type: text/html", $"<html>{Echo}</html>"), "upstream_error" },
        { "page with 200", WithLength("200 OK\r\nContent-Type: text/html", $"<html>{Echo}</html>"), "upstream_malformed" },
        { "stream", WithLength("200 OK\r\nContent-Type: text/event-stream", $$$"""data: {"error":{"message":"{{{Echo}}}"}}""" + "\n\n"), "upstream_error" },
        { "half an event", WithLength("200 OK\r\nContent-Type: text/event-stream", $$$"""data: {"choices":[{"delta":{"content":"{{{Echo}}}""" + "\n\n"), "upstream_malformed" },
        { "header", $"HTTP/1.1 200 OK\r\n{Echo}\r\n\r\n", "upstream_malformed" },
        { "nonsense", $"{Echo}\r\n\r\n", "upstream_malformed" },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task An_endpoint_that_quotes_them(string where, string answer, string code)
    {
        Assert.NotEmpty(where);
        var model = fixture.Models[0];
        model.Upstream.Enqueue(new RecordedAnswer(Encoding.UTF8.GetBytes(answer), Fault.None, closes: true));
        var api = fixture.Product.Api;
        var conversation = await api.CreateAsync(new { model = model.Name });
        var before = fixture.Product.Log.Length;

        using var reader = await api.SendAndFollowAsync(conversation, Prompt);
        await reader.ToEndAsync();

        var failed = reader.Events[^1];
        Assert.Equal(("reply.failed", code), (failed.Type, failed.Json.GetProperty("error").GetProperty("code").GetString()));
        Assert.DoesNotContain(Prompt, failed.Data, StringComparison.Ordinal);
        Assert.All(reader.Events, e => Assert.DoesNotContain(FaultyModel.Key, e.Data, StringComparison.Ordinal));
        Assert.Contains(Prompt, model.Upstream.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Contains(FaultyModel.Key, model.Upstream.Requests[^1].Head, StringComparison.Ordinal);
        await fixture.Product.WaitForLogAsync(code, before);
        Assert.DoesNotContain(FaultyModel.Key, fixture.Product.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Prompt, fixture.Product.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, reader.Status);
    }

    private static string WithLength(string statusAndHeaders, string body) =>
        $"HTTP/1.1 {statusAndHeaders}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
}
