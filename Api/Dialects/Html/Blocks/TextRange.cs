namespace OrleansChat.Dialects.Html.Blocks;

/// <summary>A piece of a text.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it has ended.</param>
internal readonly record struct TextRange(int Start, int End);
