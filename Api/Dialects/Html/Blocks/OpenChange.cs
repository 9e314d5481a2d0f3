namespace OrleansChat.Dialects.Html.Blocks;

/// <summary>How what is not finished has changed for a reader.</summary>
/// <param name="Keep">How many characters of the HTML that he has stay.</param>
/// <param name="Html">What comes after them.</param>
/// <param name="Code">Text that is appended to the code instead; null where the HTML changes.</param>
internal readonly record struct OpenChange(int Keep, string Html, string? Code);
