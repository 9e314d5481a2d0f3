using System.Text.RegularExpressions;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>How a reply is streamed.</summary>
/// <param name="Rate">Deltas per second.</param>
/// <param name="Count">Deltas altogether.</param>
internal sealed partial record ReplyPace(double Rate, int Count)
{
    public long PeriodMicroseconds => (long)(1_000_000 / Rate);

    public string ToPrompt() => $"rate={Rate} count={Count}";

    /// <summary>
    /// The prompt may say <c>rate=30 count=600</c>. It is the one thing that every server under test passes on unchanged.
    /// </summary>
    public static ReplyPace FromPrompt(string prompt, ReplyPace defaults) =>
        Pattern().Match(prompt) is { Success: true } match
            ? new ReplyPace(double.Parse(match.Groups["rate"].ValueSpan), int.Parse(match.Groups["count"].ValueSpan))
            : defaults;

    [GeneratedRegex(@"rate=(?<rate>\d{1,6}(\.\d{1,6})?) count=(?<count>\d{1,8})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
