using FsCheck;
using FsCheck.Fluent;
using OrleansChat.Dialects.Html.Blocks;
using OrleansChat.Dialects.Html.Rendering;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>Blocks are found as they are completed, and stay.</summary>
public sealed class BlockSplitterTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60);

    [Theory]
    [InlineData("a\n\nb", "a\n\n")]
    [InlineData("a\nb\n", "")]
    [InlineData("# a\n", "# a\n")]
    [InlineData("\n\n# a\n", "# a\n")]
    [InlineData("```\na\n\n```\n", "```\na\n\n```\n")]
    [InlineData("```\na\n\n", "")]
    [InlineData("- a\n\n- b\n\n", "")]
    [InlineData("- a\n\n- b\n\nc", "")]
    [InlineData("- a\n\n- b\n\nc\n", "- a\n\n- b\n\n")]
    [InlineData("> a\n\n", "> a\n\n")]
    [InlineData("a\r\rb", "a\r\r")]
    [InlineData("a\r", "")]
    public void Finished_is_what_nothing_that_comes_can_change(string text, string finished)
    {
        var blocks = Split([text]);

        Assert.Equal(finished, string.Concat(blocks.Finished.Select(block => blocks.Text[block].ToString())));
    }

    [Fact]
    public void What_is_finished_depends_on_the_text_and_not_on_its_pieces() => Check(pieces =>
    {
        var text = string.Concat(pieces);
        var growing = new BlockSplitter(SafeMarkdown.OfModels);
        foreach (var (piece, end) in pieces.Select((piece, i) => (piece, pieces.Take(i + 1).Sum(each => each.Length))))
        {
            growing.Append(piece);

            Assert.Equal(Split([text[..end]]).Finished, growing.Finished);
        }

        var letters = Split(text.Select(letter => letter.ToString()));

        Assert.Equal(growing.Finished, letters.Finished);
    });

    [Fact]
    public void The_blocks_together_are_the_whole_text_rendered() => Check(pieces =>
    {
        // Where Markdig reads both at once, an empty item after a paragraph is a paragraph, and what is indented like code after an item may
        // be one of another list; a rule that begins like an item is one after code in a list. By themselves they are an item, code and a
        // rule, as CommonMark has it.
        var text = string.Join('\n', string.Concat(pieces).ReplaceLineEndings("\n").Split('\n').Where(line => line.TrimStart(' ', '\t', '>').TrimEnd() is not ("-" or "*" or "+" or "1." or "2)") && !IsIndentedItem(line) && !IsRuleLikeAnItem(line)));
        var blocks = Split([text]);
        blocks.Finish();

        Assert.Equal(SafeMarkdown.OfModels.Render(text), string.Concat(blocks.Finished.Select(blocks.Render)));
    });

    [Fact]
    public void A_line_that_opens_more_than_anybody_means_makes_plain_text_of_its_block()
    {
        var blocks = Split(["a\n\n", new string('>', 10_000), "\nb\n\n**c**\n\n"]);

        Assert.Equal(3, blocks.Finished.Count);
        Assert.StartsWith("<p>&gt;&gt;", blocks.Render(blocks.Finished[1]), StringComparison.Ordinal);
        Assert.Equal("<p><strong>c</strong></p>\n", blocks.Render(blocks.Finished[2]));
    }

    [Fact]
    public void A_text_that_is_cut_has_the_blocks_of_what_is_left()
    {
        var whole = Split(["a\n\n- b\n\nc d\n"]);
        var cut = whole.Cut("a\n\n- b\n\nc".Length);

        Assert.Equal(["a\n\n", "- b\n\n", "c"], cut.Finished.Select(block => cut.Text[block].ToString()));
        Assert.Equal(2, cut.CommonWith(whole));
    }

    private static bool IsIndentedItem(string line) =>
        (line.StartsWith("    ", StringComparison.Ordinal) || line.AsSpan().TrimStart(' ').StartsWith("\t")) && line.TrimStart() is ['-' or '*' or '+' or '1' or '2', ..];

    private static bool IsRuleLikeAnItem(string line) =>
        line.AsSpan().TrimStart(" \t>") is ['-' or '*', ' ' or '\t', ..] rule && rule.IndexOfAnyExcept(rule[0], ' ', '\t') < 0 && rule.Count(rule[0]) >= 3;

    private static BlockSplitter Split(IEnumerable<string> pieces)
    {
        var blocks = new BlockSplitter(SafeMarkdown.OfModels);
        foreach (var piece in pieces)
        {
            blocks.Append(piece);
        }

        return blocks;
    }

    private static void Check(Action<string[]> property) => Prop.ForAll(RandomMarkdown.Texts, property).Check(Thorough);
}
