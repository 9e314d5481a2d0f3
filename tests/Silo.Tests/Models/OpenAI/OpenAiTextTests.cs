using System.Text;
using OrleansChat.Models;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.OpenAI;

public sealed class OpenAiTextTests : OpenAiTests
{
    [Theory]
    [InlineData(""" "\n\t\r\b\f\"\\\/" """, "\n\t\r\b\f\"\\/")]
    [InlineData(""" "\u00e9\u05d0\u4e2d" """, "éא中")]
    [InlineData(""" "\uD83D\uDE00" """, "😀")]
    [InlineData(""" "plain 😀 é" """, "plain 😀 é")]
    [InlineData(""" "😀\n😀" """, "😀\n😀")]
    public async Task Escapes_AreRead(string json, string text)
    {
        var reply = await AskAsync(Chunks(json).Finish().Done());

        Assert.Equal(text, reply.Text);
    }

    [Theory]
    [InlineData(new[] { @"""a\ud83d""", @"""\ude00b""" }, new[] { "a", "😀b" })]
    [InlineData(new[] { @"""\ud83d""", @"""""", @"""\ude00""" }, new[] { "😀" })]
    [InlineData(new[] { @"""a\ud83d""", @"""b""" }, new[] { "a", "\ufffdb" })]
    [InlineData(new[] { @"""a\ude00b""" }, new[] { "a\ufffdb" })]
    [InlineData(new[] { @"""\ud83d""", @"""\ud83d""", @"""\ude00""" }, new[] { "\ufffd", "😀" })]
    [InlineData(new[] { @"""a\ud83d""" }, new[] { "a", "\ufffd" })]
    public async Task HalfSurrogatePairs_AreJoinedOrReplaced(string[] json, string[] pieces)
    {
        var reply = await AskAsync(Chunks(json).Finish().Done());

        Assert.Equal(pieces, reply.Pieces);
        Assert.Null(reply.Fault);
    }

    [Fact]
    public async Task LongEscapedText_IsReadWhole()
    {
        var text = string.Concat(Enumerable.Repeat("line 😀\n", 10_000));

        var reply = await AskAsync(ModelScript.Stream.Text(text).Finish().Done());

        Assert.Equal([text], reply.Pieces);
    }

    [Fact]
    public async Task BytesThatAreNoUtf8_AreReplaced()
    {
        byte[] chunk = [.. "data: {\"choices\":[{\"delta\":{\"content\":\"a"u8, 0xFF, .. "b\\n\"}}]}\n\n"u8];

        var reply = await AskAsync(ModelScript.Stream.Raw(chunk).Finish().Done());

        Assert.Equal("a\ufffdb\n", reply.Text);
    }

    [Theory]
    [InlineData("\n\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\r\r")]
    public async Task StreamCutIntoBytes_GivesTheSame(string separator)
    {
        var stream = string.Join(
            separator,
            ": comment",
            "data: " + ModelChunks.Text("Hello 😀👩‍💻"),
            """data:{"choices":[{"delta":{"content":" \ud83d"}}]}""",
            """data: {"choices":[{"delta":{"content":"\ude00 שלום\n"}}]}""",
            "id: 7\nevent: message\ndata: " + ModelChunks.Finish("stop"),
            "data: " + ModelChunks.Usage(3, 2),
            "data: [DONE]",
            "");

        var whole = await AskAsync(ModelScript.Stream.Raw(stream));
        var cut = await AskAsync(ModelScript.Stream.OneByteWrites().Raw(stream));

        Assert.Equal(["Hello 😀👩‍💻", " ", "😀 שלום\n"], whole.Pieces);
        Assert.Equal(whole.Pieces, cut.Pieces);
        Assert.Equal(whole.FinishReasons, cut.FinishReasons);
        Assert.Equal(whole.Usages, cut.Usages);
        Assert.Equal(["3/2"], cut.Usages);
        Assert.Null(cut.Fault);
    }

    [Fact]
    public async Task StreamCutAnywhere_IsTruncatedOrGoodAndNeverOtherText()
    {
        var stream = Encoding.UTF8.GetBytes(
            """
            data: {"choices":[{"delta":{"content":"é\n"}}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}


            """);
        var firstEvent = stream.AsSpan().IndexOf("\n\n"u8) + 2;
        for (var length = 0; length <= stream.Length; length++)
        {
            var reply = await AskAsync(ModelScript.Stream.Raw(stream.AsMemory(0, length)));

            Assert.Equal(length < firstEvent ? "" : "é\n", reply.Text);
            Assert.Equal(length < stream.Length ? ModelErrors.Truncated : null, reply.Fault?.Code);
        }
    }

    private static ModelScript Chunks(params string[] json) =>
        json.Aggregate(ModelScript.Stream, (script, text) => script.Event($$"""{"choices":[{"delta":{"content":{{text}} } }]}"""));
}
