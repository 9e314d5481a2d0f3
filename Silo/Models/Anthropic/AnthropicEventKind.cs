namespace OrleansChat.Models.Anthropic;

/// <summary>The types of events in a Messages stream.</summary>
internal enum AnthropicEventKind
{
    /// <summary>One that says nothing, such as <c>ping</c>, or that this product does not know.</summary>
    Other,

    /// <summary><c>message_start</c>.</summary>
    MessageStart,

    /// <summary><c>content_block_start</c>.</summary>
    BlockStart,

    /// <summary><c>content_block_delta</c>.</summary>
    BlockDelta,

    /// <summary><c>content_block_stop</c>.</summary>
    BlockStop,

    /// <summary><c>message_delta</c>: the stop reason, and the usage in the end.</summary>
    MessageDelta,

    /// <summary><c>message_stop</c>, the end signal.</summary>
    MessageStop,

    /// <summary><c>error</c>.</summary>
    Error,
}
