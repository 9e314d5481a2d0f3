using OrleansChat.Transfer;

namespace OrleansChat.Api.Tests.Transfer;

/// <summary>What imports cost that are none, and what they are told.</summary>
public sealed class ImportFormatTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData("<!-- orleanschat -->")]
    [InlineData("<!-- orleanschat  -->")]
    [InlineData("\n\n<!-- orleanschat content -->")]
    public void A_comment_that_says_nothing_begins_no_conversation(string text) =>
        Assert.Throws<InvalidImportException>(() => MarkdownFormat.Instance.Read(text, new ImportBuilder()));

    [Fact]
    public void Many_line_ends_take_no_room()
    {
        var text = new string('\n', 8 * Mebibyte);

        Assert.InRange(Allocated(() => JsonLinesFormat.Instance.Read(text, new ImportBuilder())), 0, Mebibyte);
        Assert.InRange(Allocated(() => MarkdownFormat.Instance.Read(text, new ImportBuilder())), 0, Mebibyte);
    }

    [Fact]
    public void A_line_is_told_from_a_record_without_a_picture_of_it_in_memory()
    {
        var line = $"[{string.Join(',', Enumerable.Repeat('0', 2 * Mebibyte))}]";

        // The line as bytes, and no more than that.
        Assert.InRange(Allocated(() => Assert.Null(RecordJson.TypeOf(line))), 0, line.Length + Mebibyte);
        Assert.Equal("message", RecordJson.TypeOf("""{"a":[{"type":"other"}],"type":"message","b":1}"""));
        Assert.Null(RecordJson.TypeOf("""{"type":1}"""));
        Assert.Null(RecordJson.TypeOf("""{"a":"""));
        Assert.Null(RecordJson.TypeOf(""));
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
