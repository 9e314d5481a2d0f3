using System.Globalization;

namespace OrleansChat.Models.Demo;

/// <summary>
/// What a user's message asks of the demo model, for tests and demonstrations: <c>[demo: …]</c> anywhere in the last user
/// message, with words in any order and case.
/// <list type="bullet">
/// <item><c>stall</c>: falls silent for ever; <c>error</c>: fails; <c>truncate</c>: ends without an end signal. At most one.</item>
/// <item><c>after=N</c>: where the fault comes, after N tokens, 0 to 100,000. Default 10.</item>
/// <item><c>tokens=N</c>: the reply's length, exactly, 1 to 100,000. Default: what the reply needs.</item>
/// <item><c>rate=R</c>: tokens a second, 0.1 to 100,000. Default: as configured.</item>
/// <item><c>think</c>, <c>think=N</c>: thinks before it replies, for 30 tokens or for N, 1 to 100,000.</item>
/// <item><c>call</c>, <c>call=N</c>: calls a tool, or N of them at once, 1 to 16, instead of a reply; answers what they say.</item>
/// <item><c>refuse</c>: refuses to reply.</item>
/// </list>
/// For example <c>[demo: error after=20]</c>, <c>[demo: tokens=500 rate=1000]</c> or <c>[demo: think call=2]</c>. A malformed directive is answered with the
/// syntax. Only the first directive of a message counts.
/// </summary>
/// <param name="Fault">How the reply goes wrong.</param>
/// <param name="After">After how many tokens; a reply that would be shorter is extended.</param>
/// <param name="Tokens">The reply's length, or null.</param>
/// <param name="Rate">The speed in tokens a second, or null.</param>
/// <param name="IsMalformed">Whether the directive could not be understood.</param>
/// <param name="Thoughts">How many tokens it thinks.</param>
/// <param name="Calls">How many tools it calls.</param>
/// <param name="Refuses">Whether it refuses.</param>
internal sealed record DemoDirective(
    DemoFault Fault = DemoFault.None,
    int After = 10,
    int? Tokens = null,
    double? Rate = null,
    bool IsMalformed = false,
    int Thoughts = 0,
    int Calls = 0,
    bool Refuses = false)
{
    private const string Start = "[demo:";
    private const int MostTokens = 100_000;
    private const int MostCalls = 16;
    private const int SomeThoughts = 30;
    private static readonly DemoDirective Malformed = new(IsMalformed: true);

    /// <summary>Reads the directive in a message; a message without one asks for nothing.</summary>
    /// <param name="message">The message.</param>
    /// <param name="rest">The message without the directive.</param>
    public static DemoDirective Parse(string message, out string rest)
    {
        rest = message;
        var start = message.IndexOf(Start, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return new DemoDirective();
        }

        var end = message.IndexOf(']', start);
        if (end < 0)
        {
            return Malformed;
        }

        rest = message.Remove(start, end + 1 - start);
        var words = message[(start + Start.Length)..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? Malformed : Read(words);
    }

    private static DemoDirective Read(string[] words)
    {
        var directive = new DemoDirective();
        HashSet<string> seen = [];
        foreach (var word in words)
        {
            var (name, value) = word.Split('=', 2) is [var left, var right] ? (left.ToLowerInvariant(), right) : (word.ToLowerInvariant(), null);
            DemoDirective? next = (name, value) switch
            {
                ("stall", null) => directive with { Fault = DemoFault.Stall },
                ("error", null) => directive with { Fault = DemoFault.Error },
                ("truncate", null) => directive with { Fault = DemoFault.Truncate },
                ("after", not null) when TryCount(value, 0, out var count) => directive with { After = count },
                ("tokens", not null) when TryCount(value, 1, out var count) => directive with { Tokens = count },
                ("think", null) => directive with { Thoughts = SomeThoughts },
                ("think", not null) when TryCount(value, 1, out var count) => directive with { Thoughts = count },
                ("call", null) => directive with { Calls = 1 },
                ("call", not null) when TryCount(value, 1, out var count) && count <= MostCalls => directive with { Calls = count },
                ("refuse", null) => directive with { Refuses = true },
                ("rate", not null) when TryRate(value, out var rate) => directive with { Rate = rate },
                _ => null,
            };

            // The faults are three values of one option.
            if (next is null || !seen.Add(name is "stall" or "error" or "truncate" ? "fault" : name))
            {
                return Malformed;
            }

            directive = next;
        }

        return directive is { Calls: > 0, Refuses: true } ? Malformed : directive;
    }

    private static bool TryCount(string text, int least, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= least && count <= MostTokens;

    private static bool TryRate(string text, out double rate) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate) && rate is >= 0.1 and <= 100_000;
}
