using System.Collections.Immutable;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>A message. Clients send those of the assistant back as they got them, so that properties without a meaning here are no error.</summary>
internal sealed record ChatMessageBody
{
    /// <summary>Who says it.</summary>
    public string? Role { get; init; }

    /// <summary>What is said.</summary>
    public ChatContent? Content { get; init; }

    /// <summary>The words in which the assistant refused.</summary>
    public string? Refusal { get; init; }

    /// <summary>What the assistant thought.</summary>
    public string? ReasoningContent { get; init; }

    /// <summary>The tools that the assistant called.</summary>
    public ImmutableArray<ChatToolCall>? ToolCalls { get; init; }

    /// <summary>The call that a tool answers.</summary>
    public string? ToolCallId { get; init; }
}

/// <summary>A call of a tool.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Type">Always <c>function</c>.</param>
/// <param name="Function">What is called.</param>
internal sealed record ChatToolCall(string? Id, string? Type, ChatFunctionCall? Function);

/// <summary>A call of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">The arguments as the model wrote them.</param>
internal sealed record ChatFunctionCall(string? Name, string? Arguments);
