using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.OpenAI;

public sealed class OpenAiReplyTests : OpenAiTests
{
    [Fact]
    public async Task GoodReply_GivesPiecesEndSignalAndUsage()
    {
        var reply = await AskAsync(ModelScript.Reply("Hello", " wor", "ld"));

        Assert.Null(reply.Fault);
        Assert.Equal(["Hello", " wor", "ld"], reply.Pieces);
        Assert.Equal(["stop"], reply.FinishReasons);
        Assert.Equal(["10/3"], reply.Usages);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("length")]
    [InlineData("tool_calls")]
    [InlineData("content_filter")]
    [InlineData("eos_token")]
    public async Task FinishReason_IsTheModels(string reason)
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Finish(reason).Done());

        Assert.Equal([reason], reply.FinishReasons);
    }

    [Fact]
    public async Task FinishReasonThatIsNoToken_IsStop()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Finish("because I said so").Done());

        Assert.Equal(["stop"], reply.FinishReasons);
    }

    [Fact]
    public async Task DoneWithoutFinishReason_AfterToolCalls_IsToolCalls()
    {
        var reply = await AskAsync(ModelScript.Stream.ToolCall(0, "call_a", "f", "{}").Done());

        Assert.Equal(["tool_calls"], reply.FinishReasons);
        Assert.Null(reply.Fault);
    }

    [Fact]
    public async Task DoneWithoutFinishReason_IsStop()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Event("""{"choices":[{"delta":{},"finish_reason":null}]}""").Done());

        Assert.Equal(["stop"], reply.FinishReasons);
        Assert.Null(reply.Fault);
    }

    [Fact]
    public async Task EndOfFileAfterFinishReason_IsGood()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Finish());

        Assert.Equal(["stop"], reply.FinishReasons);
        Assert.Null(reply.Fault);
    }

    [Fact]
    public async Task FinishReasonInEveryChunk_CountsWhereItIsNotEmptyAndOnce()
    {
        var reply = await AskAsync(ModelScript.Stream
            .Event("""{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":""}]}""")
            .Event("""{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"length"}]}""")
            .Event("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")
            .Done());

        Assert.Equal(["a", "b"], reply.Pieces);
        Assert.Equal(["length"], reply.FinishReasons);
    }

    [Fact]
    public async Task Usage_WithinTheLastChunk()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a")
            .Event($$"""{"usage":{{ModelChunks.UsageObject(3, 1)}},"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")
            .Done());

        Assert.Equal(["3/1"], reply.Usages);
    }

    [Fact]
    public async Task Usage_InEveryChunk_CountsOnceAsTheLast()
    {
        var reply = await AskAsync(ModelScript.Stream
            .Event("""{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}""")
            .Event("""{"choices":[{"delta":{"content":"b"}}],"usage":{"prompt_tokens":3,"completion_tokens":2}}""")
            .Finish()
            .Done());

        Assert.Equal(["3/2"], reply.Usages);
    }

    [Fact]
    public async Task Usage_BeforeAnEndOfFileWithoutDone()
    {
        var reply = await AskAsync(ModelScript.Stream.Text("a").Finish().Usage(3, 1));

        Assert.Equal(["3/1"], reply.Usages);
        Assert.Equal(["stop"], reply.FinishReasons);
    }

    [Fact]
    public async Task Usage_ReadsItsDetails()
    {
        Server.Enqueue(ModelScript.Stream.Text("a").Finish()
            .Event("""{"choices":[],"usage":{"prompt_tokens":9,"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":4},"completion_tokens":5,"completion_tokens_details":{"reasoning_tokens":2},"total_tokens":14,"x":[1]}}""")
            .Done());

        var usage = (await Client.GetResponseAsync([new(ChatRole.User, "Hi")])).Usage;

        Assert.NotNull(usage);
        Assert.Equal(
            (9, 4, 5, 2, 14),
            (usage.InputTokenCount, usage.CachedInputTokenCount, usage.OutputTokenCount, usage.ReasoningTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task WhatIsNotText_IsSkipped()
    {
        var reply = await AskAsync(ModelScript.Stream
            .Raw(": comment\n\nretry: 100\n\n")
            .Event("""{"choices":[{"index":0,"delta":{"role":"assistant","content":null,"refusal":null}}]}""")
            .Event("""{"choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}""")
            .Event("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{\"a\":[1]}"}}]}}]}""")
            .Event("""{"choices":[{"index":1,"delta":{"content":"not asked for"},"finish_reason":"stop"}]}""")
            .Event("""{"type":"ping"}""", "ping")
            .Raw("data:\n\n")
            .Text("a")
            .Event("""{"choices":[{"index":0,"delta":{"content":[{"type":"text"}]},"logprobs":{"content":[]}}],"usage":null,"error":null}""")
            .Finish()
            .Done());

        Assert.Null(reply.Fault);
        Assert.Equal(["a"], reply.Pieces);
        Assert.Equal(["stop"], reply.FinishReasons);
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public async Task Thinking_IsReadUnderEitherName(string property)
    {
        var contents = await ContentsAsync(ModelScript.Stream
            .Event(ModelChunks.Reasoning("Hm", property))
            .Event(ModelChunks.Reasoning("m HALF", property).Replace("HALF", @"\ud83d", StringComparison.Ordinal))
            .Event(ModelChunks.Reasoning("HALF", property).Replace("HALF", @"\ude00", StringComparison.Ordinal))
            .Text("a").Finish().Done());

        Assert.Equal("Hmm 😀", string.Concat(contents.OfType<TextReasoningContent>().Select(thought => thought.Text)));
        Assert.Equal("a", string.Concat(contents.OfType<TextContent>().Select(text => text.Text)));
    }

    [Fact]
    public async Task ToolCalls_ComeInPieces()
    {
        var contents = await ContentsAsync(ModelScript.Stream
            .ToolCall(0, "call_a", "f", "{\"a\"", ":1}").ToolCall(1, "call_b", "g").Event(ModelChunks.Arguments(1, "{}"))
            .Finish("tool_calls").Done());

        Assert.Equal(
            [(0, "call_a", "f", ""), (0, null, null, "{\"a\""), (0, null, null, ":1}"), (1, "call_b", "g", ""), (1, null, null, "{}")],
            Described(contents));
    }

    [Fact]
    public async Task ToolCalls_WithoutNumbersOrAllWithTheSame_AreToldApartByTheirIds()
    {
        var contents = await ContentsAsync(ModelScript.Stream
            .Event("""{"choices":[{"delta":{"tool_calls":[{"id":"x","function":{"name":"f","arguments":"{}"}},{"id":"y","function":{"name":"g","arguments":"[]"}}]}}]}""")
            .Event("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"z","type":"function","function":{"name":"h","arguments":"1"}}]}}]}""")
            .Finish("tool_calls").Done());

        Assert.Equal([(0, "x", "f", "{}"), (1, "y", "g", "[]"), (2, "z", "h", "1")], Described(contents));
    }

    [Fact]
    public async Task Refusal_IsNoText()
    {
        var contents = await ContentsAsync(ModelScript.Stream.Refusal("I", " won't").Finish().Done());

        Assert.Equal("I won't", string.Concat(contents.OfType<RefusalPiece>().Select(piece => piece.Text)));
        Assert.Empty(contents.OfType<TextContent>());
    }

    private async Task<List<AIContent>> ContentsAsync(ModelScript script)
    {
        Server.Enqueue(script);
        var contents = new List<AIContent>();
        await foreach (var update in Client.GetStreamingResponseAsync([new(ChatRole.User, "Hi")]))
        {
            contents.AddRange(update.Contents);
        }

        return contents;
    }

    private static IEnumerable<(int, string?, string?, string)> Described(IEnumerable<AIContent> contents) =>
        contents.OfType<ToolCallPiece>().Select(piece => (piece.Index, piece.CallId, piece.Name, piece.Arguments));

    [Fact]
    public async Task GetResponse_IsTheWholeReply()
    {
        Server.Enqueue(ModelScript.Reply("Hello", " world"));

        var response = await Client.GetResponseAsync([new(ChatRole.User, "Hi")]);

        Assert.Equal("Hello world", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(2, response.Usage?.OutputTokenCount);
    }
}
