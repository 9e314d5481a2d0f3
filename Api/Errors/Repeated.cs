namespace OrleansChat.Errors;

/// <summary>What errors repeat of what callers sent: ids and names of hosts, so that they can tell which one is meant, and no more of it than that takes.</summary>
internal static class Repeated
{
    /// <summary>How much is repeated at most, in UTF-16 characters.</summary>
    public const int Longest = 100;

    /// <summary>A text, cut to <see cref="Longest"/>, and never within a character.</summary>
    public static string Of(string text) =>
        text.Length <= Longest ? text
        : char.IsHighSurrogate(text[Longest - 1]) ? $"{text.AsSpan(0, Longest - 1)}…"
        : $"{text.AsSpan(0, Longest)}…";
}
