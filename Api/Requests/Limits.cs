namespace OrleansChat.Requests;

/// <summary>What a request may hold at most. Lengths are in UTF-16 characters.</summary>
internal static class Limits
{
    /// <summary>A request body, in bytes: the longest message with every character escaped, and some room.</summary>
    public const int BodyBytes = 2 * 1024 * 1024;

    /// <summary>A message's content.</summary>
    public const int Content = 262_144;

    /// <summary>Parts of a message.</summary>
    public const int Parts = 32;

    /// <summary>Images of a message.</summary>
    public const int Images = 8;

    /// <summary>An image that comes within a message, in bytes; in Base64 it is a third longer, and shares the body with the others.</summary>
    public const int ImageBytes = 1024 * 1024;

    /// <summary>The URL of an image that is elsewhere.</summary>
    public const int ImageUrl = 2_048;

    /// <summary>Answers of tools in one message.</summary>
    public const int ToolResults = Replies.ReplyLimits.ToolCalls;

    /// <summary>The id of a tool call.</summary>
    public const int ToolCallId = 4_096;

    /// <summary>Tools that a model may call.</summary>
    public const int Tools = 128;

    /// <summary>The name of a tool, or of a schema.</summary>
    public const int ToolName = 64;

    /// <summary>All schemas and descriptions of a request together: they stand in the journal with each reply that they were sent for.</summary>
    public const int Schemas = 65_536;

    /// <summary>Texts before which a reply ends.</summary>
    public const int Stops = 4;

    /// <summary>Such a text.</summary>
    public const int Stop = 128;

    /// <summary>Tokens of a reply.</summary>
    public const int OutputTokens = 1_000_000;

    /// <summary>An import's body, in bytes.</summary>
    public const int ImportBytes = 16 * 1024 * 1024;

    /// <summary>Messages of an import.</summary>
    public const int ImportMessages = 10_000;

    /// <summary>The content of an imported message: replies may be longer than what people send.</summary>
    public const int ImportContent = 1_048_576;

    /// <summary>A system prompt.</summary>
    public const int System = 65_536;

    /// <summary>A title.</summary>
    public const int Title = 200;

    /// <summary>A model's name.</summary>
    public const int Model = 128;

    /// <summary>A message's id.</summary>
    public const int MessageId = 64;

    /// <summary>An idempotency key.</summary>
    public const int RequestKey = 255;

    /// <summary>Pairs of metadata.</summary>
    public const int MetadataPairs = 16;

    /// <summary>A key of metadata.</summary>
    public const int MetadataKey = 64;

    /// <summary>A value of metadata.</summary>
    public const int MetadataValue = 512;

    /// <summary>Messages that a request brings along.</summary>
    public const int Messages = 1_000;

    /// <summary>Conversations whose events one connection follows.</summary>
    public const int Followed = 10;

    /// <summary>The text of a search.</summary>
    public const int SearchQuery = 512;

    /// <summary>Different words of a search.</summary>
    public const int SearchWords = Search.SearchQuery.MaxWords;

    /// <summary>Items on a page.</summary>
    public const int Page = 100;

    /// <summary>Items on a page where the request does not say.</summary>
    public const int DefaultPage = 20;
}
