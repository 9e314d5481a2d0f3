using OrleansChat.Search;

namespace OrleansChat.Grains.Tests.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("Hello, World!", "hello world")]
    [InlineData("  don't  re-use 3.14 ", "don t re use 3 14")]
    [InlineData("ÄÖ Straße e\u0301te\u0301", "äö straße e\u0301te\u0301")]
    [InlineData("東京tower塔", "東 京 tower 塔")]
    [InlineData("a\0b 𝕸𝖆 👩‍🚀", "a b 𝕸𝖆")]
    [InlineData("…!? ", "")]
    public void Words_are_runs_of_letters_and_digits_and_characters_of_scripts_without_spaces(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Words.In(text).Select(found => found.Word)));

    [Fact]
    public void A_word_that_is_too_long_counts_by_its_beginning()
    {
        var word = Assert.Single(Words.In(new string('a', 63) + "𝖆𝖆")).Word;

        Assert.Equal(new string('a', 63), word);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("!?", false)]
    [InlineData("a b c d e f g h i j k l m n o p", true)]
    [InlineData("a b c d e f g h i j k l m n o p q", false)]
    [InlineData("a a a a a a a a a a a a a a a a a a", true)]
    public void A_query_has_some_words_and_not_too_many(string text, bool valid) => Assert.Equal(valid, SearchQuery.TryParse(text, out _));

    [Fact]
    public void A_snippet_stands_around_the_first_word_found_and_says_where_it_was_cut()
    {
        Assert.True(SearchQuery.TryParse("needle", out var query));
        var text = $"{new string('a', 300)} needle\r\n{new string('b', 300)}";

        var snippet = query.Match(text)!;

        Assert.StartsWith("…aaa", snippet, StringComparison.Ordinal);
        Assert.Contains(" needle b", snippet, StringComparison.Ordinal);
        Assert.EndsWith("b…", snippet, StringComparison.Ordinal);
        Assert.InRange(snippet.Length, Snippet.MaxLength - 2, Snippet.MaxLength + 2);
        Assert.Null(query.Match("need le"));
    }

    [Fact]
    public void A_snippet_never_begins_or_ends_within_a_character()
    {
        for (var place = 0; place < 400; place++)
        {
            var snippet = Snippet.Around(string.Concat(Enumerable.Repeat("👩", 300)), place);
            Assert.DoesNotContain('\uFFFD', new string([.. snippet.EnumerateRunes().SelectMany(rune => rune.ToString())]));
        }
    }
}
