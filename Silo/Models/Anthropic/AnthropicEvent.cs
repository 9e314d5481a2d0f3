using OrleansChat.Models.OpenAI;

namespace OrleansChat.Models.Anthropic;

/// <summary>What one event of a Messages stream says, as far as this product reads it.</summary>
internal struct AnthropicEvent
{
    /// <summary>What it is.</summary>
    public AnthropicEventKind Kind { get; set; }

    /// <summary>Of the block that starts: its kind. Null for kinds that this product does not know.</summary>
    public AnthropicBlock? Block { get; set; }

    /// <summary>A piece of text, of thinking or of a tool's input, by the block that it is in; null where there is none.</summary>
    public string? Text { get; set; }

    /// <summary>What proves that the thinking is the model's own, or the thinking itself where that is kept from us; null where there is none.</summary>
    public string? Signature { get; set; }

    /// <summary>The id of the tool call that starts; null elsewhere.</summary>
    public string? CallId { get; set; }

    /// <summary>The name of the tool that is called; null elsewhere.</summary>
    public string? ToolName { get; set; }

    /// <summary>Why the model stopped; null where it did not say.</summary>
    public string? StopReason { get; set; }

    /// <summary>What the reply has cost so far; a count that is not told is null.</summary>
    public AnthropicUsage Usage { get; set; }

    /// <summary>The error that it reports; null where it reports none.</summary>
    public UpstreamError? Error { get; set; }
}
