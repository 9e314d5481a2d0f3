using System.Text.RegularExpressions;
using OrleansChat.Testing;

namespace OrleansChat.Clients.Tests.Docs;

/// <summary>The pages lead to each other.</summary>
public partial class LinkTests
{
    [Fact]
    public void Every_link_to_a_file_leads_to_one()
    {
        var docs = Repository.PathOf("docs");
        var links = Directory.EnumerateFiles(docs, "*.md").SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(match => match.Groups["file"].Value)).ToArray();

        Assert.True(links.Length > 10);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(docs, link)), link));
    }

    [Fact]
    public void Every_page_is_in_the_index()
    {
        var index = File.ReadAllText(Repository.PathOf("docs/README.md"));
        var pages = Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(page => Path.GetFileName(page)).Where(page => page != "README.md");

        Assert.All(pages, page => Assert.Contains($"({page})", index, StringComparison.Ordinal));
    }

    // Of a link within a page, or to the web, nothing is matched.
    [GeneratedRegex(@"\]\((?!https?:|#)(?<file>[^)#\s]+)[^)]*\)", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Link();
}
