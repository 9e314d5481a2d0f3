namespace OrleansChat.Clients.Tests.Docs;

public class PageReaderTests
{
    private const string Page = """
        # A page

        ```js script a.mjs openai=openai6 openai=openai7,ai=ai5
        one()
        ```

        Text.

        ```text output
        o…e
        ```

        ```js
        not run
        ```

        ```sh script
        true
        ```
        """;

    [Fact]
    public void Marked_blocks_are_examples_and_what_follows_them_is_their_output()
    {
        var examples = PageReader.Read(Page);

        Assert.Equal([("js", "a.mjs", "one()", "o…e"), ("sh", "", "true", null)], examples.Select(each => (each.Language, each.Name, each.Code, each.Output)));
        Assert.Equal(["openai=openai6", "openai=openai7,ai=ai5"], examples[0].Packages);
        Assert.Equal([""], examples[1].Packages);
    }

    [Theory]
    [InlineData("o…e", "one\n", true)]
    [InlineData("a\n…\nz", "a\nb\nc\nz", true)]
    [InlineData("one", "one two", false)]
    [InlineData("1.5", "1x5", false)]
    public void An_ellipsis_stands_for_anything(string expected, string printed, bool matches) =>
        Assert.Equal(matches, ExpectedOutput.Matches(expected, printed));
}
