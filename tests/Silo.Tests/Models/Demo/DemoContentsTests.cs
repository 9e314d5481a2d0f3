using Microsoft.Extensions.AI;
using OrleansChat.Generation;
using OrleansChat.Models;
using OrleansChat.Models.Demo;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.Demo;

/// <summary>Whatever real models' replies contain, the demo model shows when it is asked to.</summary>
public sealed class DemoContentsTests
{
    private readonly DemoChatClient model = new(100_000, TimeProvider.System);

    [Fact]
    public async Task Think_ComesBeforeTheReply()
    {
        var (contents, reason) = await AskAsync("why? [demo: think=12 tokens=3]");

        Assert.Equal(Enumerable.Repeat("TextReasoningContent", 12).Concat(Enumerable.Repeat("TextContent", 3)), contents.Take(15).Select(content => content.GetType().Name));
        Assert.Equal("stop", reason);
    }

    [Fact]
    public async Task Call_AsksForTheToolsOfTheRequestWithFittingArguments()
    {
        var tool = new ToolDeclaration(new ToolDefinition(
            "book", null, new RawJson("""{"type":"object","properties":{"city":{"type":"string"},"nights":{"type":"integer"},"kind":{"enum":["a","b"]}}}""")));
        var (contents, reason) = await AskAsync("[demo: call=2]", new ChatOptions { Tools = [tool] });

        var calls = contents.OfType<ToolCallPiece>().GroupBy(piece => piece.Index).ToList();
        Assert.Equal("tool_calls", reason);
        Assert.Equal(2, calls.Count);
        Assert.All(calls, call => Assert.Equal(
            ("book", """{"city":"demo","nights":1,"kind":"a"}"""), (call.First().Name, string.Concat(call.Select(piece => piece.Arguments)))));
        Assert.Equal(2, calls.Select(call => call.First().CallId).Distinct().Count());
    }

    [Fact]
    public async Task Answers_AreAnsweredInText()
    {
        var reply = await CollectedReply.FromAsync(model.GetStreamingResponseAsync(
        [
            new(ChatRole.User, "[demo: call]"),
            new(ChatRole.Assistant, [new FunctionCallContent("call_1", "get_weather")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "12 °C")]),
        ]));

        Assert.Contains("12 °C", reply.Text, StringComparison.Ordinal);
        Assert.Equal(["stop"], reply.FinishReasons);
    }

    [Fact]
    public async Task Refuse_SaysNothingElse()
    {
        var (contents, reason) = await AskAsync("[demo: refuse]");

        Assert.Equal(DemoPhrases.Refusal, string.Concat(contents.OfType<RefusalPiece>().Select(piece => piece.Text)));
        Assert.DoesNotContain(contents, content => content is TextContent);
        Assert.Equal("stop", reason);
    }

    [Fact]
    public async Task Fault_ComesInTheMiddleOfACall()
    {
        await Assert.ThrowsAsync<ModelException>(() => AskAsync("[demo: call error after=2]"));
    }

    private async Task<(List<AIContent> Contents, string? Reason)> AskAsync(string question, ChatOptions? options = null)
    {
        var contents = new List<AIContent>();
        string? reason = null;
        await foreach (var update in model.GetStreamingResponseAsync([new(ChatRole.User, question)], options))
        {
            contents.AddRange(update.Contents);
            reason = update.FinishReason?.Value ?? reason;
        }

        return (contents, reason);
    }
}
