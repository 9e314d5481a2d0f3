using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>Which of an exchange's tool calls still have no answer, as it is read. An assistant's calls are all answered right after it.</summary>
internal sealed class OpenToolCalls
{
    private readonly List<string> open = [];

    /// <summary>Adds the calls of an assistant's message.</summary>
    public ImmutableArray<ToolCall> Add(ImmutableArray<ChatToolCall> calls, string place)
    {
        var added = ImmutableArray.CreateBuilder<ToolCall>(calls.Length);
        for (var i = 0; i < calls.Length; i++)
        {
            var at = $"{place}.tool_calls[{i}]";
            if (calls[i] is not { Type: null or "function", Function: { Name: { Length: > 0 } name, Arguments: { } arguments } } call)
            {
                throw RequestReading.Invalid($"'{at}' is {{\"id\", \"type\": \"function\", \"function\": {{\"name\", \"arguments\": text}}}}.");
            }

            Rules.Required($"{at}.id", call.Id, Limits.ToolCallId);
            Rules.Optional($"{at}.function.arguments", arguments, Limits.ImportContent);
            if (open.Contains(call.Id!, StringComparer.Ordinal))
            {
                throw RequestReading.Invalid($"'{at}.id' is that of a call before it.");
            }

            open.Add(call.Id!);
            added.Add(new ToolCall(call.Id!, name, arguments));
        }

        return added.MoveToImmutable();
    }

    /// <summary>Notes the answer to a call.</summary>
    public void Answer(string call, string place)
    {
        if (!open.Remove(call))
        {
            throw RequestReading.Invalid($"'{place}.tool_call_id' is none of the calls that the assistant's message before it waits for.");
        }
    }

    /// <summary>Checks that every call has been answered.</summary>
    public void RequireAnswered(string place)
    {
        if (open.Count > 0)
        {
            throw RequestReading.Invalid(
                $"'{place}': all tool calls of an assistant's message are answered by the messages after it, with role \"tool\"; there is no answer to {string.Join(", ", open)}.");
        }
    }
}
