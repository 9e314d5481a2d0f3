using Microsoft.Extensions.AI;
using OrleansChat.Models.Demo;

namespace OrleansChat.Chaos.Invariants;

/// <summary>
/// The demo model says the same to the same conversation, always: so a completed reply, however often it was taken over on its
/// way, is that text and no other. Nothing twice where one silo went on for another, and nothing left out.
/// </summary>
internal static class DemoTextCheck
{
    // As much as shows where the two part.
    private const int Excerpt = 40;

    /// <summary>The completed replies that are not what the model says.</summary>
    public static IEnumerable<Violation> Check(string name, History history) =>
        from reply in history.Replies
        where reply.End == JournalEvent.Completed
        let expected = Expected(history, reply)
        where reply.Text != expected
        select new Violation(ViolationKind.WrongText, name, $"{reply.Id}, taken over {reply.TakeOvers} times: {Differ(expected, reply.Text)}");

    /// <summary>What the model says to a conversation, piece by piece.</summary>
    internal static IEnumerable<string> Pieces(params IEnumerable<(string Role, string Text)> messages) =>
        DemoReply.To([.. messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Text))]).Pieces;

    private static string Expected(History history, Reply reply) => string.Concat(Pieces(history.Before(reply)));

    private static string Differ(string expected, string actual)
    {
        var same = expected.AsSpan().CommonPrefixLength(actual);
        return $"after {same} characters it says '{From(actual)}' and not '{From(expected)}'; {actual.Length} characters, not {expected.Length}.";

        string From(string text) => text.Substring(same, Math.Min(Excerpt, text.Length - same)).ReplaceLineEndings("⏎");
    }
}
