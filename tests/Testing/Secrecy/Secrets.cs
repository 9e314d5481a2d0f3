using System.Buffers;
using System.Collections.Concurrent;

namespace OrleansChat.Testing.Secrecy;

/// <summary>
/// What the product may tell nobody but whom it is for: all that tests say to it, have models say, and configure as keys and
/// passwords, gathered while they do. Whatever it logs, exports or answers to a mistake is searched for all of it, of all tests.
/// </summary>
public static class Secrets
{
    // Shorter ones are words that logs may have too.
    private const int ShortestText = 12;
    private const int ShortestKey = 8;

    // A beginning is a leak as well, and what is cut short in a log is found by it.
    private const int Longest = 40;

    // What is written as it is, in logs and in JSON.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', '\u007f', '\u0085', '\u2028', '\u2029', .. Enumerable.Range(0xd800, 0x800).Select(code => (char)code)]);

    private static readonly ConcurrentDictionary<string, byte> All = new(StringComparer.Ordinal);
    private static readonly Lock Searching = new();
    private static (int Count, SearchValues<string> Values) search = (0, SearchValues.Create([], StringComparison.Ordinal));

    /// <summary>How many there are.</summary>
    public static int Count => All.Count;

    /// <summary>Remembers what somebody says, if it is long enough to be told from what is said anyway.</summary>
    public static void Say(string? text) => Add(text, ShortestText);

    /// <summary>Remembers a key, a password, or what else opens something.</summary>
    public static void Keep(string? key) => Add(key, ShortestKey);

    /// <summary>The first secret in a text, with what is around it; null where there is none.</summary>
    public static string? FindIn(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny(Current());
        if (at < 0)
        {
            return null;
        }

        var found = text.Slice(at, Math.Min(Longest, text.Length - at)).ToString();
        var secret = All.Keys.Where(secret => found.StartsWith(secret, StringComparison.Ordinal)).MaxBy(secret => secret.Length);
        return $"{secret}' in '…{text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)]}…";
    }

    /// <summary>Checks a text.</summary>
    /// <exception cref="InvalidOperationException">There is one in it.</exception>
    public static void AssertNoneIn(ReadOnlySpan<char> text, string whose)
    {
        if (FindIn(text) is { } found)
        {
            throw new InvalidOperationException($"{whose} tells '{found}'.");
        }
    }

    private static void Add(string? text, int shortest)
    {
        // One letter again and again is what is too long on purpose, and says nothing.
        if (LongestPlainPart(text) is { } part && part.Length >= shortest && part.AsSpan().IndexOfAnyExcept(part[0]) >= 0)
        {
            All.TryAdd(part.Length > Longest ? part[..Longest] : part, 0);
        }
    }

    private static string? LongestPlainPart(string? text)
    {
        var best = "";
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOfAny(Escaped);
            var part = (end < 0 ? rest : rest[..end]).Trim();
            if (part.Length > best.Length)
            {
                best = part.ToString();
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return best.Length == 0 ? null : best;
    }

    private static SearchValues<string> Current()
    {
        lock (Searching)
        {
            if (search.Count != All.Count)
            {
                var keys = All.Keys.ToArray();
                search = (keys.Length, SearchValues.Create(keys, StringComparison.Ordinal));
            }

            return search.Values;
        }
    }
}
