namespace OrleansChat.Clients.Tests.Docs;

/// <summary>
/// Finds the examples of a page. <c>```js script chat.mjs openai=openai6 openai=openai7</c> is a script that runs twice, with either package;
/// <c>```text output</c> after it is what it prints, where <c>…</c> stands for anything.
/// </summary>
internal static class PageReader
{
    private const string Fence = "```";

    /// <summary>The examples of a page, in order.</summary>
    public static IReadOnlyList<Example> Read(string markdown)
    {
        var examples = new List<Example>();
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var words = lines[i][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var end = Array.IndexOf(lines, Fence, i + 1);
            var code = string.Join('\n', lines[(i + 1)..end]);
            i = end;
            if (words is [var language, "script", .. var more])
            {
                var packages = more.Where(word => word.Contains('=', StringComparison.Ordinal)).DefaultIfEmpty("").ToArray();
                examples.Add(new Example(language, more.FirstOrDefault(word => !word.Contains('=', StringComparison.Ordinal)) ?? "", packages, code));
            }
            else if (words is [_, "output"])
            {
                examples[^1] = examples[^1] with { Output = code };
            }
        }

        return examples;
    }
}
