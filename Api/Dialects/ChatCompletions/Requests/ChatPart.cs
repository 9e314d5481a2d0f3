namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>A part of a message.</summary>
internal sealed record ChatPart
{
    /// <summary>What it is: <c>text</c>, <c>image_url</c> or, of an assistant, <c>refusal</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The image.</summary>
    public ChatImage? ImageUrl { get; init; }

    /// <summary>The words of a refusal.</summary>
    public string? Refusal { get; init; }
}

/// <summary>An image of a message.</summary>
/// <param name="Url">Where it is, or the image itself as a data URL.</param>
/// <param name="Detail">How closely to look at it.</param>
internal sealed record ChatImage(string? Url, string? Detail = null);
