namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>What an open part of a step is.</summary>
internal enum PartKind
{
    /// <summary>None is open.</summary>
    None,

    /// <summary>What the model says.</summary>
    Text,

    /// <summary>The words in which it refuses: a text too, with a mark.</summary>
    Refusal,

    /// <summary>What it thinks.</summary>
    Reasoning,
}
