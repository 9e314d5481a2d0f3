namespace OrleansChat.Dialects.Html.Events;

/// <summary>A piece of a reply with its place in it.</summary>
/// <param name="Kind">What it is a piece of.</param>
/// <param name="Call">The call that it belongs to; null for others.</param>
/// <param name="Offset">How many UTF-16 code units come before it.</param>
/// <param name="Text">The piece.</param>
internal readonly record struct ReplyPiece(PieceKind Kind, CallProgress? Call, int Offset, string Text);
