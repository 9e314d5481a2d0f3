using System.Text.Json.Serialization;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>An item of a response, of its input, or of a conversation. What does not belong to its type is left out.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Status"><c>in_progress</c>, <c>completed</c> or <c>incomplete</c>.</param>
internal sealed record ItemView(string Type, string Id, string Status)
{
    /// <summary>Who says a message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    /// <summary>What a model thought, for those who asked for summaries.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContentView>? Summary { get; init; }

    /// <summary>What a message consists of, or what a model thought.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContentView>? Content { get; init; }

    /// <summary>What a model's provider wants back with its thinking, for those who asked for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EncryptedContent { get; init; }

    /// <summary>Which call it is, or which call it answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CallId { get; init; }

    /// <summary>The function that is called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>With what.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Arguments { get; init; }

    /// <summary>What came of a call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Output { get; init; }

    /// <summary>A message.</summary>
    public static ItemView Message(string id, string status, string role, IReadOnlyList<ContentView> content) =>
        new("message", id, status) { Role = role, Content = content };

    /// <summary>What a model thought.</summary>
    public static ItemView Reasoning(string id, string status, string text, bool asSummary, string? signature) => new("reasoning", id, status)
    {
        Summary = asSummary && text.Length > 0 ? [ContentView.SummaryText(text)] : [],
        Content = asSummary || text.Length == 0 ? null : [ContentView.ReasoningText(text)],
        EncryptedContent = signature,
    };

    /// <summary>A function call.</summary>
    public static ItemView Call(string id, string status, string call, string name, string arguments) =>
        new("function_call", id, status) { CallId = call, Name = name, Arguments = arguments };

    /// <summary>What came of one.</summary>
    public static ItemView CallOutput(string id, string call, string output) =>
        new("function_call_output", id, ItemStatus.Completed) { CallId = call, Output = output };
}
