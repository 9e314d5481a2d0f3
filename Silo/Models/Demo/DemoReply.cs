using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Demo;

/// <summary>What the demo model answers to a conversation: the same text and pieces for the same messages, always.</summary>
internal sealed class DemoReply
{
    // About a line of the page.
    private const int LongestQuote = 60;

    private readonly ulong seed;
    private readonly string text;
    private readonly string said;

    private DemoReply(DemoDirective directive, ulong seed, string text, string said)
    {
        Directive = directive;
        Seed = seed;
        this.said = said;
        this.seed = seed;
        this.text = text;
        var needed = directive.Tokens ?? DemoPieces.Count(text);
        Length = directive.Fault == DemoFault.None ? needed : Math.Max(needed, directive.After);
    }

    /// <summary>What the last user message asked for.</summary>
    public DemoDirective Directive { get; }

    /// <summary>What the conversation's own choices are made by.</summary>
    public ulong Seed { get; }

    /// <summary>How many pieces the reply has.</summary>
    public int Length { get; }

    /// <summary>The reply's pieces, <see cref="Length"/> of them.</summary>
    public IEnumerable<string> Pieces => Parts().SelectMany(DemoPieces.Split).Take(Length);

    /// <summary>How many of the pieces the conversation holds already; the reply goes on after them.</summary>
    public int Said
    {
        get
        {
            var (pieces, units) = (0, 0);
            foreach (var piece in Pieces)
            {
                if (units == said.Length || string.CompareOrdinal(said, units, piece, 0, piece.Length) != 0)
                {
                    break;
                }

                units += piece.Length;
                pieces++;
            }

            // A beginning that is not its own is nothing to continue.
            return units == said.Length ? pieces : 0;
        }
    }

    /// <summary>Answers a conversation. One that ends with the model's own words is an answer to be continued.</summary>
    public static DemoReply To(IReadOnlyList<ChatMessage> messages)
    {
        var beginning = "";
        if (messages is [.., { } last] && last.Role == ChatRole.Assistant)
        {
            beginning = last.Text;
            messages = [.. messages.Take(messages.Count - 1)];
        }

        var question = messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        var directive = DemoDirective.Parse(question, out var rest);
        var dice = DemoSeed.Of(messages);
        if (messages is [.., { } answer] && answer.Role == ChatRole.Tool)
        {
            // What was asked of it has been done.
            return new DemoReply(directive with { Calls = 0, Thoughts = 0 }, dice, DemoTools.AnswerTo(answer), beginning);
        }

        var body = directive.IsMalformed ? DemoPhrases.Syntax : Compose(dice, rest);
        var isFirst = messages.All(message => message.Role != ChatRole.Assistant);
        return new DemoReply(directive, dice, isFirst ? $"{DemoPhrases.Banner}\n\n{body}" : body, beginning);
    }

    private static string Compose(ulong seed, string question)
    {
        var quote = Quote(question);
        string[] blocks =
        [
            Choose(DemoPhrases.Headings, seed),
            quote.Length > 0 ? $"You wrote “{quote}”." : "You wrote nothing, so here is something.",
            Choose(DemoPhrases.Openings, seed >> 8),
            Choose(DemoPhrases.Lists, seed >> 16),
            Choose(DemoPhrases.Codes, seed >> 24),
            Choose(DemoPhrases.RightToLeft, seed >> 32),
            Choose(DemoPhrases.Closings, seed >> 40),
        ];
        return string.Join("\n\n", blocks);
    }

    // Longer than its text only where a directive says so: then it goes on for as long as it is asked to.
    private IEnumerable<string> Parts()
    {
        yield return this.text;
        for (var part = 2UL; ; part++)
        {
            yield return $"\n\n## Part {part}\n\n{Choose(DemoPhrases.Openings, (seed >> 8) + part)}\n\n{Choose(DemoPhrases.Lists, (seed >> 16) + part)}";
        }
    }

    private static string Choose(string[] phrases, ulong number) => phrases[number % (ulong)phrases.Length];

    private static string Quote(string question)
    {
        // A question may be as long as a book; its beginning is enough.
        question = question.TrimStart();
        var beginning = question[..Math.Min(question.Length, 20 * LongestQuote)];

        // Half a surrogate pair becomes U+FFFD, and nothing that a reader sees as one character is cut.
        var line = new StringBuilder();
        foreach (var rune in string.Join(' ', beginning.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).EnumerateRunes())
        {
            line.Append(rune);
        }

        var characters = new StringInfo(line.ToString());
        return characters.LengthInTextElements <= LongestQuote
            ? characters.String
            : characters.SubstringByTextElements(0, LongestQuote).TrimEnd() + "…";
    }
}
