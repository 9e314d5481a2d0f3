using System.Collections.Immutable;

namespace OrleansChat.Keys;

/// <summary>Scopes as words, and what they include.</summary>
public static class Scopes
{
    /// <summary>All of them.</summary>
    public const Scope All = Scope.Read | Scope.Write | Scope.Admin;

    private static readonly ImmutableArray<(string Word, Scope Scope)> Words =
        [("read", Scope.Read), ("write", Scope.Write), ("admin", Scope.Admin)];

    /// <summary>The scopes with those that they include.</summary>
    public static Scope Expand(this Scope scopes) =>
        scopes.HasFlag(Scope.Admin) ? All : scopes.HasFlag(Scope.Write) ? Scope.Read | Scope.Write : scopes;

    /// <summary>The words for scopes: <c>read</c>, <c>write</c>, <c>admin</c>.</summary>
    public static ImmutableArray<string> ToWords(this Scope scopes) =>
        [.. Words.Where(each => scopes.HasFlag(each.Scope)).Select(each => each.Word)];

    /// <summary>The scopes that words stand for, with those that they include; false where one is none, or there are none.</summary>
    public static bool TryParse(IEnumerable<string> words, out Scope scopes)
    {
        ArgumentNullException.ThrowIfNull(words);
        scopes = Scope.None;
        foreach (var word in words)
        {
            var known = Words.FirstOrDefault(each => each.Word == word);
            if (known.Scope == Scope.None)
            {
                return false;
            }

            scopes |= known.Scope;
        }

        scopes = scopes.Expand();
        return scopes != Scope.None;
    }
}
