using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using OrleansChat.Conversations;

namespace OrleansChat.Transfer;

/// <summary>
/// Markdown for people to read: a heading per message and its content as it is, after what else it has, quoted. What people need not
/// see stands in comments, as the same JSON as in <see cref="JsonLinesFormat"/>, so that it can be imported again. A line of content that
/// looks like such a comment gets a backslash before it, and reading takes one away.
/// </summary>
internal sealed partial class MarkdownFormat : ITransferFormat
{
    public static readonly MarkdownFormat Instance = new();

    private const string Mark = "<!-- orleanschat ";
    private const string EndOfMark = " -->";

    // Stands between what is only for people and the content.
    private const string ContentMark = $"{Mark}content{EndOfMark}";

    public string ContentType => "text/markdown; charset=utf-8";

    public string Extension => ".md";

    public void Write(ConversationRecord conversation, IBufferWriter<byte> output)
    {
        // This encoder escapes angle brackets, so nothing in the JSON ends the comment.
        Write(output, Mark);
        RecordJson.Write(conversation, ApiJson.Default.ConversationRecord, JavaScriptEncoder.Default, output);
        Write(output, $"{EndOfMark}\n# {OneLine(conversation.Title ?? "Conversation")}\n\n");
    }

    public void Write(MessageRecord message, IBufferWriter<byte> output)
    {
        Write(output, Mark);
        RecordJson.Write(message with { Content = null }, ApiJson.Default.MessageRecord, JavaScriptEncoder.Default, output);
        Write(output, $"{EndOfMark}\n## {Speaker(message)}\n\n");
        if (MarkdownExtras.Of(message) is { Length: > 0 } extras)
        {
            Write(output, $"{extras}\n{ContentMark}\n\n");
        }

        Write(output, $"{LikeMark().Replace(message.Content ?? "", "\\$0")}\n\n");
    }

    public void Read(string text, ImportBuilder conversation)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            if (!IsMark(lines[i]))
            {
                if (!string.IsNullOrWhiteSpace(lines[i]))
                {
                    throw new InvalidImportException(i + 1, $"A conversation in Markdown begins with the comment '{Mark}{{…}}{EndOfMark}'.");
                }

                i++;
                continue;
            }

            var start = i;
            do
            {
                i++;
            }
            while (i < lines.Length && !IsMark(lines[i]));
            var json = lines[start].TrimEnd()[Mark.Length..^EndOfMark.Length];
            conversation.Add(json, start + 1, ContentOf(lines[(start + 1)..i], i == lines.Length));
        }
    }

    // Between two marks stand a heading, an empty line, the content and an empty line; after the last, the end of a line.
    private static string ContentOf(string[] lines, bool isLast)
    {
        var start = Array.FindIndex(lines, IsContentMark) + 1;
        start = start > 0 ? start : lines is [var heading, ..] && heading.StartsWith('#') ? 1 : 0;
        start += start < lines.Length && string.IsNullOrWhiteSpace(lines[start]) ? 1 : 0;
        var end = lines.Length;
        for (var spare = isLast ? 2 : 1; spare > 0 && end > start && string.IsNullOrWhiteSpace(lines[end - 1]); spare--)
        {
            end--;
        }

        return WithBackslash().Replace(string.Join('\n', lines[start..end]), "${rest}");
    }

    private static bool IsContentMark(string line) => line.TrimEnd() == ContentMark;

    private static bool IsMark(string line) =>
        !IsContentMark(line) && line.StartsWith(Mark, StringComparison.Ordinal) && line.TrimEnd().EndsWith(EndOfMark, StringComparison.Ordinal);

    private static string Speaker(MessageRecord message) => message.Role switch
    {
        MessageRole.User => "User",
        MessageRole.Assistant => message.Model is null ? "Assistant" : $"Assistant ({OneLine(message.Model)})",
        MessageRole.System => "System",
        _ => "Tool",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    [GeneratedRegex(@"^\\*<!-- orleanschat ", RegexOptions.Multiline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex LikeMark();

    [GeneratedRegex(@"^\\(?<rest>\\*<!-- orleanschat )", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex WithBackslash();
}
