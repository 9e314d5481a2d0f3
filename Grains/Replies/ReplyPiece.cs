namespace OrleansChat.Replies;

/// <summary>A piece of a reply on its way from the model to the journal. A struct, as nearly every one is a text and nothing else.</summary>
/// <param name="Text">Text, thinking, refusal, or a piece of a call's arguments.</param>
/// <param name="Kind">What it is; null for text.</param>
internal readonly record struct ReplyPiece(string Text, PieceKind? Kind = null)
{
    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => Text.Length == 0 && Kind?.HasDetails != true;
}
