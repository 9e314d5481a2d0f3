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
        // Line by line: what consists of nothing but their ends is not to take more room than it has.
        var number = 0;
        (string Json, int Line, int End)? open = null;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan(range);
            if (IsMark(line))
            {
                if (open is { } before)
                {
                    conversation.Add(before.Json, before.Line, ContentOf(text.AsSpan()[before.End..range.Start], isLast: false));
                }

                open = (line.TrimEnd()[Mark.Length..^EndOfMark.Length].ToString(), number, Math.Min(range.End.Value + 1, text.Length));
            }
            else if (open is null && !line.IsWhiteSpace())
            {
                throw new InvalidImportException(number, $"A conversation in Markdown begins with the comment '{Mark}{{…}}{EndOfMark}'.");
            }
        }

        if (open is { } last)
        {
            conversation.Add(last.Json, last.Line, ContentOf(text.AsSpan(last.End), isLast: true));
        }
    }

    // Between two marks stand a heading, an empty line, the content and an empty line; after the last, the end of a line.
    private static string ContentOf(ReadOnlySpan<char> section, bool isLast)
    {
        section = AfterHeading(section);
        var first = LineLength(section);
        if (section[..first].IsWhiteSpace())
        {
            section = section[first..];
        }

        // A mark follows on a line of its own.
        section = !isLast && section.EndsWith('\n') ? section[..^1] : section;
        for (var spare = isLast ? 2 : 1; spare > 0; spare--)
        {
            var end = section.LastIndexOf('\n');
            if (!section[(end + 1)..].IsWhiteSpace())
            {
                break;
            }

            section = end < 0 ? default : section[..end];
        }

        return WithBackslash().Replace(section.ToString(), "${rest}");
    }

    private static ReadOnlySpan<char> AfterHeading(ReadOnlySpan<char> section)
    {
        for (var rest = section; !rest.IsEmpty;)
        {
            var length = LineLength(rest);
            if (IsContentMark(rest[..length]))
            {
                return rest[length..];
            }

            rest = rest[length..];
        }

        return section.StartsWith('#') ? section[LineLength(section)..] : section;
    }

    // With its end.
    private static int LineLength(ReadOnlySpan<char> text) => text.IndexOf('\n') is >= 0 and var end ? end + 1 : text.Length;

    private static bool IsContentMark(ReadOnlySpan<char> line) => line.TrimEnd().SequenceEqual(ContentMark);

    // Its two ends share no space.
    private static bool IsMark(ReadOnlySpan<char> line) =>
        !IsContentMark(line) && line.StartsWith(Mark) && line.TrimEnd() is var words && words.Length >= Mark.Length + EndOfMark.Length && words.EndsWith(EndOfMark);

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
