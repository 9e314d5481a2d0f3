using System.Text;
using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Usage;

namespace OrleansChat.Context;

/// <summary>How a model is asked for a summary, and what is taken of its answer. Pure.</summary>
internal static class SummaryPrompt
{
    // Where the window of the model that summarises is not known.
    private const int UsualWindow = 8_192;

    private const string Instruction =
        "Summarise the beginning of a conversation for somebody who is going to continue it: facts, names, numbers, decisions, wishes and open "
        + "questions, in the conversation's own language. Answer with the summary alone.";

    /// <summary>What the model is asked. Of what does not fit into its own window the oldest is left out.</summary>
    public static IReadOnlyList<ChatMessage> For(string? before, IReadOnlyList<ChatMessage> messages, ModelContext? context, int room)
    {
        var instruction = new ChatMessage(ChatRole.System, $"{Instruction} Use at most {Math.Max(1, room / 2)} words.");
        var left = (context?.Window ?? UsualWindow) - room - PromptTokens.Of(instruction) - PromptTokens.PerMessage;
        var parts = new List<string>();
        if (before is not null)
        {
            parts.Add($"Summary of what came before:\n{before}");
            left -= TokenCounter.Count(parts[0]);
        }

        var position = parts.Count;
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var text = TextOf(messages[i]);
            left -= TokenCounter.Count(text) + 1;
            if (left < 0)
            {
                break;
            }

            parts.Insert(position, text);
        }

        return [instruction, new ChatMessage(ChatRole.User, string.Join("\n\n", parts))];
    }

    /// <summary>The summary in a model's answer, up to a number of tokens; null where there is none.</summary>
    public static string? SummaryIn(string answer, int room)
    {
        var text = answer.Trim();
        var length = text.Length;
        while (length > 0 && TokenCounter.Count(text.AsSpan(0, length)) > room)
        {
            length -= Math.Max(1, length / 16);
        }

        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        return length == 0 ? null : text[..length];
    }

    private static string TextOf(ChatMessage message)
    {
        var text = new StringBuilder($"{message.Role.Value}: ");
        foreach (var content in message.Contents)
        {
            text.Append(content switch
            {
                TextContent said => said.Text,
                FunctionCallContent call => $"[calls {call.Name}]",
                FunctionResultContent result => $"[result: {result.Result}]",
                DataContent or UriContent => "[an image]",
                _ => "",
            });
        }

        return text.ToString();
    }
}
