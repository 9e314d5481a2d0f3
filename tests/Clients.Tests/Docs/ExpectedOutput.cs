using System.Text.RegularExpressions;

namespace OrleansChat.Clients.Tests.Docs;

/// <summary>What a page says that its example prints.</summary>
internal static class ExpectedOutput
{
    /// <summary>Whether it does: the same text, where <c>…</c> stands for anything, on several lines too.</summary>
    public static bool Matches(string expected, string printed) => Regex.IsMatch(
        printed.Trim(),
        $"^{Regex.Escape(expected.Trim()).Replace("…", ".*", StringComparison.Ordinal)}$",
        RegexOptions.Singleline,
        TimeSpan.FromSeconds(5));
}
