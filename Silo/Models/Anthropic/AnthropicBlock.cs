namespace OrleansChat.Models.Anthropic;

/// <summary>The kinds of content blocks that this product reads.</summary>
internal enum AnthropicBlock
{
    /// <summary><c>text</c>.</summary>
    Text,

    /// <summary><c>thinking</c>.</summary>
    Thinking,

    /// <summary><c>redacted_thinking</c>: encrypted, to be sent back as it came.</summary>
    RedactedThinking,

    /// <summary><c>tool_use</c>.</summary>
    ToolUse,
}
