namespace OrleansChat.Dialects.Html.Events;

/// <summary>What kind of piece of a reply it is.</summary>
internal enum PieceKind
{
    /// <summary>What it says.</summary>
    Text,

    /// <summary>What the model thinks.</summary>
    Reasoning,

    /// <summary>The words in which it refuses.</summary>
    Refusal,

    /// <summary>The arguments of a call.</summary>
    Call,
}
