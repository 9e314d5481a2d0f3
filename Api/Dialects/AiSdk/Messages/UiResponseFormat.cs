using OrleansChat.Generation;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>The form that a reply is to have.</summary>
internal sealed record UiResponseFormat
{
    /// <summary><c>text</c> or <c>json</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The JSON schema, if there is one.</summary>
    public RawJson? Schema { get; init; }

    /// <summary>The schema's name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }
}
