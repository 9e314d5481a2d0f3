using System.Text;
using OrleansChat.Contents;

namespace OrleansChat.Transfer;

/// <summary>What a message has beside its content, for people to read: quoted, so that no line of it is taken for a mark.</summary>
internal static class MarkdownExtras
{
    /// <summary>The lines, each with its end; empty where there is nothing.</summary>
    public static string Of(MessageRecord message)
    {
        var output = new StringBuilder();
        foreach (var block in message.Reasoning ?? [])
        {
            Quote(output, "Thinking", block.Text);
        }

        foreach (var image in (message.Parts ?? []).Where(part => part.Type == ContentPartType.Image))
        {
            Quote(output, "Image", image.Url!.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? image.Url[..image.Url.IndexOf(',', StringComparison.Ordinal)] : image.Url);
        }

        foreach (var call in message.ToolCalls ?? [])
        {
            Quote(output, $"Calls {call.Name}", call.Arguments);
        }

        foreach (var result in message.ToolResults ?? [])
        {
            Quote(output, $"Answer to {result.ToolCallId}", result.Content);
        }

        if (message.Refusal is { } refusal)
        {
            Quote(output, "Refuses", refusal);
        }

        return output.ToString();
    }

    private static void Quote(StringBuilder output, string what, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        output.Append("> **").Append(what.ReplaceLineEndings(" ")).Append(":** ").Append(text.ReplaceLineEndings("\n").Replace("\n", "\n> ", StringComparison.Ordinal)).Append("\n>\n");
    }
}
