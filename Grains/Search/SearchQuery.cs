using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OrleansChat.Search;

/// <summary>
/// What to look for: words that must all stand in one message, or in the title. A word of three characters or more is found in
/// every word that begins with it, a shorter one only by itself.
/// </summary>
public sealed class SearchQuery
{
    /// <summary>How many different words a query may have.</summary>
    public const int MaxWords = 16;

    private const int ShortestBeginning = 3;

    private SearchQuery(ImmutableArray<string> words) => Words = words;

    /// <summary>The words, each once.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>Reads a query; false when it has no word, or too many.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SearchQuery? query)
    {
        var words = Search.Words.In(text).Select(found => found.Word).Distinct(StringComparer.Ordinal).Take(MaxWords + 1).ToImmutableArray();
        query = words.Length is > 0 and <= MaxWords ? new SearchQuery(words) : null;
        return query is not null;
    }

    /// <summary>Whether a word of the query is found in every word that begins with it.</summary>
    public static bool FindsBeginnings(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length >= ShortestBeginning && !Search.Words.StandsAlone(Rune.GetRuneAt(word, 0));
    }

    /// <summary>What stands around the first word found; null when a text does not have all the words.</summary>
    public string? Match(string text)
    {
        var missing = Words.ToHashSet(StringComparer.Ordinal);
        var first = -1;
        foreach (var (word, start) in Search.Words.In(text))
        {
            if (Words.Any(wanted => Finds(wanted, word)))
            {
                first = first < 0 ? start : first;
                missing.RemoveWhere(wanted => Finds(wanted, word));
                if (missing.Count == 0)
                {
                    return Snippet.Around(text, first);
                }
            }
        }

        return null;
    }

    private static bool Finds(string wanted, string word) =>
        FindsBeginnings(wanted) ? word.StartsWith(wanted, StringComparison.Ordinal) : word == wanted;
}
