using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Demo;

/// <summary>Everything that a reply of the demo model consists of, piece by piece: what it thinks, then what it says, or calls for.</summary>
/// <param name="All">The pieces; each is a token.</param>
/// <param name="Length">How many.</param>
/// <param name="Said">How many of them the conversation holds already.</param>
/// <param name="FinishReason">How the reply ends.</param>
internal sealed record DemoContents(IEnumerable<AIContent> All, int Length, int Said, ChatFinishReason FinishReason)
{
    /// <summary>The pieces of a reply.</summary>
    public static DemoContents Of(DemoReply reply, ChatOptions? options)
    {
        var directive = reply.Directive;
        var thoughts = Repeat(DemoPhrases.Thoughts).SelectMany(DemoPieces.Split).Take(directive.Thoughts)
            .Select(AIContent (piece) => new TextReasoningContent(piece));
        if (directive.Calls > 0 || directive.Refuses)
        {
            List<AIContent> pieces = directive.Refuses
                ? [.. thoughts, .. DemoPieces.Split(DemoPhrases.Refusal).Select(piece => new RefusalPiece(piece))]
                : [.. thoughts, .. DemoTools.Call(directive.Calls, reply.Seed, options)];
            return new DemoContents(pieces, pieces.Count, Said: 0, directive.Refuses ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls);
        }

        // Who has begun to speak has thought already.
        var said = reply.Said;
        return new DemoContents(
            thoughts.Concat(reply.Pieces.Select(piece => new TextContent(piece))),
            directive.Thoughts + reply.Length,
            said == 0 ? 0 : directive.Thoughts + said,
            ChatFinishReason.Stop);
    }

    private static IEnumerable<string> Repeat(string[] texts)
    {
        while (true)
        {
            foreach (var text in texts)
            {
                yield return text;
            }
        }
    }
}
