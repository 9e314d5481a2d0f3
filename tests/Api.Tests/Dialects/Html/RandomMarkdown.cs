using FsCheck;
using FsCheck.Fluent;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>Makes Markdown of all that blocks are made of, in any order.</summary>
internal static class RandomMarkdown
{
    private static readonly string[] Pieces =
    [
        "a", "bc ", "**b**", "*", "_e_", "`c`", "`", "~~", "[l](https://e.org)", "[", "](", "<b>", "&amp;", "\\", "é", "😀", "\u2028", "\0", "\t", "  ", " ", "    ", "https://e.org ",
        "\n", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\n\n\n", "# ", "## h\n", "> ", ">", "- ", "- a\n", "  - b\n", "* ", "+ ", "1. ", "2) ", "10. x\n", "- [ ] ", "- [x] t\n",
        "```", "```js\n", "````\n", "~~~\n", "   ```\n", "    code\n", "---", "---\n", "***\n", "===\n", "| a | b |\n", "|---|:-:|\n", "|1|2|\n", "|", "[r]: https://e.org\n", "<div>\n", "</script>",
    ];

    /// <summary>Texts, with the pieces that they come in.</summary>
    public static Arbitrary<string[]> Texts { get; } = ArbMap.Default.ArbFor<byte[]>().Convert(
        bytes => bytes.Select(number => Pieces[number % Pieces.Length]).ToArray(),
        pieces => pieces.Select(piece => (byte)Array.IndexOf(Pieces, piece)).ToArray());
}
