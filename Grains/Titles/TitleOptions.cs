namespace OrleansChat.Titles;

/// <summary>Whether models give conversations their titles; configuration section <c>Titles</c>.</summary>
public sealed class TitleOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Titles";

    /// <summary>Whether a conversation without a title gets one after its first exchange. Default false: it costs a request to a model.</summary>
    public bool Enabled { get; set; }

    /// <summary>The name of the configured model that makes the titles. Default: each conversation's own.</summary>
    public string? Model { get; set; }
}
