using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace OrleansChat.Titles;

/// <summary>How a model is asked for a title, and what is taken of its answer. Pure.</summary>
public static class TitlePrompt
{
    /// <summary>How long a title is at most, in UTF-16 characters.</summary>
    public const int MaxTitle = 80;

    /// <summary>How much of the question, and of the answer, the model is shown: enough to know what they are about.</summary>
    internal const int MaxShown = 2_000;

    private const string Instruction =
        "Give the following exchange a title of at most six words, in its own language. Answer with the title alone: no quotes, no full stop.";

    /// <summary>What the model is asked.</summary>
    public static IReadOnlyList<ChatMessage> For(string question, string answer) =>
    [
        new ChatMessage(ChatRole.System, Instruction),
        new ChatMessage(ChatRole.User, $"{Beginning(question)}\n\n---\n\n{Beginning(answer)}"),
    ];

    /// <summary>Whether messages ask for a title; then also the exchange to be named.</summary>
    public static bool Asks(IReadOnlyList<ChatMessage> messages, [NotNullWhen(true)] out string? exchange)
    {
        ArgumentNullException.ThrowIfNull(messages);
        exchange = messages is [{ Text: Instruction }, { } shown] ? shown.Text : null;
        return exchange is not null;
    }

    /// <summary>The title in a model's answer: its first line, without what models put around it; null where there is none.</summary>
    public static string? TitleIn(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var line = answer.Split('\n').Select(each => each.Trim().Trim('"', '“', '”', '„', '«', '»', '\'', '*', '#', '`').Trim().TrimEnd('.'))
            .FirstOrDefault(each => each.Length > 0);
        return line is null || line.Length <= MaxTitle ? line : $"{Cut(line, MaxTitle - 1).TrimEnd()}…";
    }

    private static string Beginning(string text) => text.Length <= MaxShown ? text : $"{Cut(text, MaxShown)}…";

    private static string Cut(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
