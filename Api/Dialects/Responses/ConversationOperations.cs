using System.Collections.Immutable;
using OrleansChat.Dialects.Responses.Conversations;
using OrleansChat.Documentation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses;

/// <summary>What the document says of this dialect's conversations.</summary>
internal static class ConversationOperations
{
    /// <summary>A page of items.</summary>
    public const string List = $$"""
        {"data":[{{Item}}],"first_id":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_2","last_id":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_2","has_more":false,"object":"list"}
        """;

    private const string Item = """
        {"type":"message","id":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_2","status":"completed","role":"user","content":[{"type":"input_text","text":"Why is the sky blue?"}]}
        """;

    private const string Conversation = """{"id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","created_at":1795240212,"metadata":{"project":"physics"},"object":"conversation"}""";

    private static readonly ImmutableDictionary<string, string> Id = ImmutableDictionary<string, string>.Empty.Add("id", "The conversation's id.");

    private static readonly ImmutableDictionary<string, string> OneItem = Id.Add("item", "The item's id.");

    /// <summary>The parameters of a list.</summary>
    public static readonly ImmutableDictionary<string, string> Paging = ImmutableDictionary<string, string>.Empty
        .Add("limit", $"How many items at most, 1 to {Limits.Page}; {Limits.DefaultPage} if it is missing.")
        .Add("after", "The id of the item after which the page starts, itself excluded.")
        .Add("order", "`desc` (default): newest first; `asc`: oldest first.");

    /// <summary>What it says of each operation.</summary>
    public static readonly ImmutableArray<OperationNotes> All =
    [
        new("POST /v1/conversations", $"Creates a conversation, with up to {CreateItemsBody.Most} items. {CommonNotes.Repeating}")
        {
            Errors = [.. KnownErrors.OfBodies, "history_full", "idempotency_key_reused", "unknown_model"],
            Request = """{"metadata":{"project":"physics"}}""",
            Response = Conversation,
        },
        new("GET /v1/conversations", "Lists conversations, newest first: a call that the original lacks.")
        {
            Errors = ["invalid_request"],
            Parameters = ImmutableDictionary<string, string>.Empty
                .Add("limit", $"How many conversations at most, 1 to {Limits.Page}; {Limits.DefaultPage} if it is missing.")
                .Add("after", "The id of the conversation after which the page starts, itself excluded."),
            Response = $$"""
                {"data":[{{Conversation}}],"first_id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","last_id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","has_more":false,"object":"list"}
                """,
        },
        new("GET /v1/conversations/{id}", "Reads a conversation.")
        {
            Errors = ["conversation_not_found"],
            Parameters = Id,
            Response = Conversation,
        },
        new("POST /v1/conversations/{id}", "Changes a conversation's metadata, all of it.")
        {
            Errors = [.. KnownErrors.OfBodies, "conversation_not_found", "history_full"],
            Parameters = Id,
            Request = """{"metadata":{"project":"physics"}}""",
            Response = Conversation,
        },
        new("DELETE /v1/conversations/{id}", "Ends a running response and deletes the conversation for good, with all of its responses.")
        {
            Errors = ["conversation_not_found"],
            Parameters = Id,
            Response = """{"id":"conv_01k9xf2q6r3m8t5v0w7y1z4b2c","object":"conversation.deleted","deleted":true}""",
        },
        new("GET /v1/conversations/{id}/items", "Lists the items of the active branch.")
        {
            Errors = ["conversation_not_found", "invalid_request", "unknown_message"],
            Parameters = Id.AddRange(Paging),
            Response = List,
        },
        new("POST /v1/conversations/{id}/items", $"Adds up to {CreateItemsBody.Most} items without a response, all or none. {CommonNotes.Repeating}")
        {
            Errors = [.. KnownErrors.OfBodies, "conversation_not_found", "history_full", "idempotency_key_reused", "reply_running", "unknown_tool_call"],
            Parameters = Id,
            Request = """{"items":[{"type":"message","role":"user","content":"Why is the sky blue?"}]}""",
            Response = List,
        },
        new("GET /v1/conversations/{id}/items/{item}", "Reads an item.")
        {
            Errors = ["item_not_found"],
            Parameters = OneItem,
            Response = Item,
        },
        new("DELETE /v1/conversations/{id}/items/{item}", "Deletes an item, with the others of the message that it is a part of: what a model thought, said and called in one reply is one message.")
        {
            Errors = ["item_not_found", "reply_running"],
            Parameters = OneItem,
            Response = Conversation,
        },
    ];
}
