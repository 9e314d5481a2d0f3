using OrleansChat.Limiting;

namespace OrleansChat.Requests;

/// <summary>
/// What a request may hold at most. Lengths are in UTF-16 characters. Properties are for the deployment to say (<see cref="LimitOptions"/>); the rest protocols,
/// formats and storage have fixed.
/// </summary>
internal static class Limits
{
    // For the whole process, which is one API node: all rules, and all texts that tell them, say these numbers.
    private static LimitOptions configured = new();

    /// <summary>A request body, in bytes.</summary>
    public static int BodyBytes => configured.BodyBytes;

    /// <summary>The body of a request that brings a whole exchange along, images included, in bytes.</summary>
    public static int ExchangeBytes => configured.ExchangeBytes;

    /// <summary>An import's body, in bytes.</summary>
    public static int ImportBytes => configured.ImportBytes;

    /// <summary>A message's content.</summary>
    public static int Content => configured.MessageLength;

    /// <summary>Pairs of metadata.</summary>
    public static int MetadataPairs => configured.MetadataPairs;

    /// <summary>A key of metadata.</summary>
    public static int MetadataKey => configured.MetadataKeyLength;

    /// <summary>A value of metadata.</summary>
    public static int MetadataValue => configured.MetadataValueLength;

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

    /// <summary>What callers note with a reply, as JSON: it stands in the journal with it.</summary>
    public const int Notes = 32_768;

    /// <summary>Texts before which a reply ends.</summary>
    public const int Stops = 4;

    /// <summary>Such a text.</summary>
    public const int Stop = 128;

    /// <summary>Tokens of a reply.</summary>
    public const int OutputTokens = 1_000_000;

    /// <summary>Messages of an import.</summary>
    public const int ImportMessages = 10_000;

    /// <summary>The content of an imported message: replies may be longer than what people send.</summary>
    public const int ImportContent = LimitOptions.LongestMessage;

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

    /// <summary>Messages that a request brings along.</summary>
    public const int Messages = 1_000;

    /// <summary>Conversations whose events one connection follows.</summary>
    public const int Followed = 10;

    /// <summary>The text of a search.</summary>
    public const int SearchQuery = 512;

    /// <summary>Different words of a search.</summary>
    public const int SearchWords = Search.SearchQuery.MaxWords;

    /// <summary>Days of which one request asks what replies cost.</summary>
    public const int UsageDays = 366;

    /// <summary>Days of which it asks where it does not say.</summary>
    public const int DefaultUsageDays = 30;

    /// <summary>Items on a page.</summary>
    public const int Page = 100;

    /// <summary>Items on a page where the request does not say.</summary>
    public const int DefaultPage = 20;

    /// <summary>Has the deployment's numbers hold. Once, before anything is served.</summary>
    public static void Use(LimitOptions options) => configured = options;
}
