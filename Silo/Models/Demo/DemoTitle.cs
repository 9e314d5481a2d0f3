namespace OrleansChat.Models.Demo;

/// <summary>What the demo model calls an exchange: the first words of the question.</summary>
internal static class DemoTitle
{
    private const int Words = 6;

    /// <summary>The title of an exchange.</summary>
    public static string Of(string exchange)
    {
        _ = DemoDirective.Parse(exchange, out var rest);
        var words = rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => word != "---").ToList();
        return words.Count == 0 ? "A demonstration"
            : words.Count <= Words ? string.Join(' ', words).TrimEnd('?', '.', '!')
            : string.Join(' ', words.Take(Words)) + " …";
    }
}
