using Microsoft.Extensions.AI;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Models.Anthropic;

namespace OrleansChat.Silo.Tests.Models.Anthropic;

public sealed class AnthropicReplyTests : AnthropicTests
{
    [Fact]
    public async Task Text_ComesPieceByPieceWithUsageAndEnd() => Assert.Equal(
        ["text Hello", "text  wörld 😀", "usage 37/2/39 cached 7", "end stop"],
        (await ReadAsync(ModelScript.Stream
            .MessageStart(25, cacheRead: 7, cacheWritten: 5).Ping().TextBlock(0, "Hello", " wörld 😀").MessageDelta("end_turn", 2).MessageStop()))
            .Select(line => line.Replace(" reasoning ", "", StringComparison.Ordinal)));

    [Fact]
    public async Task Thinking_KeepsItsSignature() => Assert.Equal(
        ["thinking Let me", "thinking  see.", "thinking [c2ln]", "thinking [redacted:b3BhcXVl]", "text 42", "end stop"],
        WithoutUsage(await ReadAsync(ModelScript.Stream
            .MessageStart(1)
            .ThinkingBlock(0, "c2ln", "Let me", " see.")
            .BlockStart(1, """{"type":"redacted_thinking","data":"b3BhcXVl"}""").BlockStop(1)
            .TextBlock(2, "42")
            .MessageDelta("end_turn", 2).MessageStop())));

    [Fact]
    public async Task Tools_ComeAsTheyAreWritten() => Assert.Equal(
        [
            "text I look.", "call 0 toolu_1 weather ", "call 0 {\"city\": \"Par", "call 0 is\"}",
            "call 1 toolu_2 now ", "call 1 {}", "end tool_calls",
        ],
        WithoutUsage(await ReadAsync(ModelScript.Stream
            .MessageStart(1)
            .TextBlock(0, "I look.")
            .ToolBlock(1, "toolu_1", "weather", "{\"city\": \"Par", "is\"}")
            .ToolBlock(2, "toolu_2", "now")
            .MessageDelta("tool_use", 2).MessageStop())));

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("refusal", "content_filter")]
    [InlineData("whatever comes next", "stop")]
    public async Task StopReason_IsTranslated(string reason, string expected)
    {
        var reply = await AskAsync(ModelScript.Stream.MessageStart(3).TextBlock(0, "a").MessageDelta(reason, 1).MessageStop());

        Assert.Equal(expected, Assert.Single(reply.FinishReasons));
        Assert.Equal("3/1", Assert.Single(reply.Usages));
    }

    [Fact]
    public async Task WhatIsNotKnown_IsSkipped() => Assert.Equal(
        ["text a", "text b", "end stop"],
        WithoutUsage(await ReadAsync(ModelScript.Stream
            .MessageStart(1)
            .BlockStart(0, """{"type":"server_tool_use","id":"x","name":"web_search","input":{}}""").BlockStop(0)
            .BlockStart(1, """{"type":"text","text":""}""")
            .TextDeltas(1, "a")
            .BlockDelta(1, """{"type":"citations_delta","citation":{"type":"char_location","cited_text":"zzz"}}""")
            .Event("""{"type":"of_the_future","text":"zzz"}""", "of_the_future")
            .TextDeltas(1, "b").BlockStop(1)
            .MessageDelta("end_turn", 2).MessageStop())));

    [Fact]
    public async Task HalfACharacter_WaitsForItsOtherHalf()
    {
        var reply = await AskAsync(ModelScript.Stream.MessageStart(1)
            .BlockStart(0, """{"type":"text","text":""}""")
            .BlockDelta(0, """{"type":"text_delta","text":"a\ud83d"}""").BlockDelta(0, """{"type":"text_delta","text":"\ude00b\ud83d"}""")
            .BlockStop(0).MessageDelta("end_turn", 1).MessageStop());

        Assert.Equal(["a", "😀b", "\ufffd"], reply.Pieces);
    }

    [Fact]
    public async Task BytesOneByOne_AreTheSameReply()
    {
        var reply = await AskAsync(ModelScript.Stream.OneByteWrites().MessageStart(1).TextBlock(0, "Grüße", " 😀").MessageDelta("end_turn", 1).MessageStop());

        Assert.Equal("Grüße 😀", reply.Text);
        Assert.Equal(["stop"], reply.FinishReasons);
    }

    [Fact]
    public async Task TwoReplies_ShareAConnection()
    {
        await AskAsync(AnthropicScript.Reply("a"));
        await AskAsync(AnthropicScript.Reply("b"));

        Assert.Equal(Server.Requests[0].Connection, Server.Requests[1].Connection);
    }

    [Fact]
    public async Task ResponseThatStaysOpenBehindTheEnd_DoesNotHoldTheReplyUp()
    {
        Server.Enqueue(AnthropicScript.Reply("a").Stall());
        var asking = CollectedReply.AskAsync(Client, "Hi");
        await Time.WaitForTimersAsync().WaitAsync(Soon);

        Time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(["stop"], (await asking.WaitAsync(Soon)).FinishReasons);
    }

    private Task<IReadOnlyList<string>> ReadAsync(ModelScript script)
    {
        Server.Enqueue(script);
        return Contents.OfAsync(Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]));
    }

    private static IEnumerable<string> WithoutUsage(IEnumerable<string> lines) => lines.Where(line => !line.StartsWith("usage", StringComparison.Ordinal));
}
