namespace OrleansChat.Documentation;

/// <summary>Who sees the OpenAPI document; configuration section <c>OpenApi</c>.</summary>
internal sealed class OpenApiDocumentOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenApi";

    /// <summary>Whether everybody does, also those who have not signed in. Default: false.</summary>
    public bool Public { get; set; }
}
