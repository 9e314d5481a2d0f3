using OrleansChat.Dialects.Html.Blocks;
using OrleansChat.Dialects.Html.Rendering;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>Markdown becomes the HTML that pages expect.</summary>
public sealed class SafeMarkdownTests
{
    [Theory]
    [InlineData("# A *b*", "<h3>A <em>b</em></h3>\n")]
    [InlineData("###### A", "<h6>A</h6>\n")]
    [InlineData("a\nb  \nc", "<p>a\nb<br />\nc</p>\n")]
    [InlineData("**a** ~~b~~ `c <d>`", "<p><strong>a</strong> <del>b</del> <code>c &lt;d&gt;</code></p>\n")]
    [InlineData("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n")]
    [InlineData("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n")]
    [InlineData("- [x] a\n- [ ] b", "<ul>\n<li><span class=\"task\" role=\"img\" aria-label=\"done\">☑</span> a</li>\n<li><span class=\"task\" role=\"img\" aria-label=\"to do\">☐</span> b</li>\n</ul>\n")]
    [InlineData("```C#\na < b\n```", "<pre tabindex=\"0\"><code class=\"language-c#\">a &lt; b\n</code></pre>\n")]
    [InlineData("```\"onload=x\na\n```", "<pre tabindex=\"0\"><code>a\n</code></pre>\n")]
    [InlineData("    a\n    b", "<pre tabindex=\"0\"><code>a\nb\n</code></pre>\n")]
    [InlineData("a\n---", "<p>a</p>\n<hr />\n")]
    [InlineData("a\n===", "<p>a\n===</p>\n")]
    public void Markdown_is_rendered(string markdown, string html) => Assert.Equal(html, SafeMarkdown.OfModels.Render(markdown));

    [Fact]
    public void Tables_are_rendered_with_their_alignment_as_classes() => Assert.Equal(
        """
        <div class="table-scroll" tabindex="0"><table>
        <thead>
        <tr>
        <th class="align-left">a</th>
        <th class="align-right">b</th>
        <th>c</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td class="align-left">1</td>
        <td class="align-right"><em>2</em></td>
        <td>3</td>
        </tr>
        </tbody>
        </table></div>

        """,
        SafeMarkdown.OfModels.Render("| a | b | c |\n|:--|--:|---|\n| 1 | *2* | 3 |"));

    [Theory]
    [InlineData("[a](https://example.org/?q=1&r=\"2\")", "https://example.org/?q=1&amp;r=%222%22", "a")]
    [InlineData("https://example.org/a_b_c", "https://example.org/a_b_c", "https://example.org/a_b_c")]
    [InlineData("www.example.org", "https://www.example.org/", "www.example.org")]
    [InlineData("<mailto:a@example.org>", "mailto:a@example.org", "mailto:a@example.org")]
    [InlineData("<a@example.org>", "mailto:a@example.org", "a@example.org")]
    [InlineData("![a *cat*](http://example.org/cat.png)", "http://example.org/cat.png", "a <em>cat</em>")]
    [InlineData("![](http://example.org/cat.png)", "http://example.org/cat.png", "http://example.org/cat.png")]
    [InlineData("[a ![b](https://b.example)](https://a.example \"c\")", "https://a.example/", "a b")]
    public void Links_lead_to_the_web_and_to_mail(string markdown, string href, string text) => Assert.Equal(
        $"<p><a href=\"{href}\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">{text}</a></p>\n", SafeMarkdown.OfModels.Render(markdown));

    [Theory]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](ftp://example.org)")]
    [InlineData("[a](//example.org)")]
    [InlineData("[a](/here)")]
    [InlineData("[a](https://user@example.org)")]
    [InlineData("[a](tel:123)")]
    public void Other_addresses_are_no_links(string markdown) => Assert.Equal("<p>a</p>\n", SafeMarkdown.OfModels.Render(markdown));

    [Fact]
    public void Raw_HTML_is_text() => Assert.Equal(
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <em>b</em></p>\n", SafeMarkdown.OfModels.Render("<script>alert(1)</script> & *b*"));

    [Fact]
    public void What_people_type_keeps_its_line_breaks() => Assert.Equal("<p>a<br />\nb</p>\n", SafeMarkdown.OfPeople.Render("a\nb"));

    [Fact]
    public void Link_definitions_are_text_because_they_would_change_what_came_before() => Assert.Equal(
        "<p>[a]</p>\n<p>[a]: <a href=\"https://example.org/\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">https://example.org</a></p>\n",
        SafeMarkdown.OfModels.Render("[a]\n\n[a]: https://example.org"));

    [Theory]
    [InlineData("[")]
    [InlineData("[a](")]
    [InlineData("*a ")]
    [InlineData("*a_")]
    [InlineData("**a")]
    [InlineData("![")]
    [InlineData("`a``")]
    [InlineData("<a")]
    [InlineData("&a")]
    [InlineData("> ")]
    [InlineData("> [")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("|")]
    [InlineData("# [")]
    [InlineData("https://a.")]
    [InlineData("~~a")]
    [InlineData("\\")]
    [InlineData("> [\n")]
    [InlineData("- [\n")]
    public void What_is_nested_beyond_all_measure_is_shown_and_soon(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length));
        var (whole, growing) = (new BlockSplitter(SafeMarkdown.OfModels), new BlockSplitter(SafeMarkdown.OfModels));
        whole.Append(text);
        growing.Append(text);
        var start = GC.GetAllocatedBytesForCurrentThread();
        var open = growing.Render(new TextRange(growing.OpenStart, text.Length));
        whole.Finish();
        var html = string.Concat(whole.Finished.Select(whole.Render));

        var allocated = GC.GetAllocatedBytesForCurrentThread() - start;

        // What takes time by the square of its length takes memory too.
        Assert.InRange(allocated, 0, 100_000_000);
        Assert.Equal([], AllowedHtml.Errors(html));
        Assert.Equal([], AllowedHtml.Errors(open));
    }

    [Fact]
    public void A_table_with_more_cells_than_anybody_reads_is_shown_as_it_stands()
    {
        var table = $"|{string.Concat(Enumerable.Repeat("a|", 1000))}\n|{string.Concat(Enumerable.Repeat("-|", 1000))}\n{string.Concat(Enumerable.Repeat("|b|\n", 1000))}";

        Assert.StartsWith("<p>|a|a|", SafeMarkdown.OfModels.Render(table), StringComparison.Ordinal);
    }
}
