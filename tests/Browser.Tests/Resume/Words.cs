using System.Globalization;
using OrleansChat.Testing.Models;

namespace OrleansChat.Browser.Tests.Resume;

/// <summary>Replies of numbered words: what is lost, doubled or out of order is seen at once.</summary>
internal static class Words
{
    /// <summary>The words of numbers, as pieces: <c>w1 w2 w3</c>.</summary>
    public static string[] Pieces(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"{(number == 1 ? "" : " ")}w{number}"))];

    /// <summary>The text of the words up to a number.</summary>
    public static string Text(int last) => string.Concat(Pieces(1, last));

    /// <summary>A reply that says words, and waits for the test in the middle.</summary>
    /// <param name="before">How many words it says before the gate.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="all">How many words it has.</param>
    public static ModelScript Script(int before, Gate gate, int all) =>
        ModelScript.Stream.Text(Pieces(1, before)).Wait(gate).Text(Pieces(before + 1, all)).Finish().Usage(10, all).Done();
}
