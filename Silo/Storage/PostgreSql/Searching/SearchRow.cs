using OrleansChat.Conversations;
using OrleansChat.Search;

namespace OrleansChat.Storage.PostgreSql.Searching;

/// <summary>A row of the search table.</summary>
/// <param name="Message">The message's id; empty for the title.</param>
/// <param name="Sequence">The sequence of the event with which it was whole.</param>
/// <param name="Text">Its beginning.</param>
/// <param name="Lexemes">Its words and its owner, with spaces between; empty where there is nothing to find.</param>
internal sealed record SearchRow(string Message, long Sequence, string Text, string Lexemes)
{
    /// <summary>The message of a row that holds the title.</summary>
    public const string Title = "";

    // A tsvector takes 1 MiB, and needs some bytes per word beside its text.
    private const int MaxLexemeBytes = 256 * 1024;
    private const int MaxText = 32 * 1024;

    /// <summary>The lexeme by which an owner's rows are found. No word contains the sign.</summary>
    public static string LexemeOf(OwnerId owner) => $"={owner.Value}";

    /// <summary>The row of a text.</summary>
    public static SearchRow Of(OwnerId owner, string message, long sequence, string? text)
    {
        text ??= "";
        var words = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var (word, _) in Words.In(text))
        {
            if (words.Add(word) && (bytes += 4 + (word.Length * 3)) > MaxLexemeBytes)
            {
                break;
            }
        }

        var beginning = text.Length <= MaxText ? text : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];

        // The server's texts take every character but this.
        return new SearchRow(
            message, sequence, beginning.Replace('\0', ' '), words.Count == 0 ? "" : $"{LexemeOf(owner)} {string.Join(' ', words)}");
    }
}
