using System.Collections.Immutable;
using OrleansChat.Dialects.Responses.Rendering;
using OrleansChat.Documentation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses;

/// <summary>What the document says of responses.</summary>
internal static class ResponseOperations
{
    private const string Response = """
        {"id":"resp_01k9xf2q6r3m8t5v0w7y1z4b2c_3","object":"response","created_at":1795240212,"completed_at":1795240214,"status":"completed","background":false,"error":null,
        "incomplete_details":null,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,"model":"demo",
        "output":[{"type":"message","id":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_3","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Because …","annotations":[],"logprobs":[]}]}],
        "parallel_tool_calls":true,"previous_response_id":null,"conversation":null,"reasoning":{"effort":"low","summary":null},"service_tier":"default","store":true,"temperature":1,
        "text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[],"top_logprobs":0,"top_p":1,"frequency_penalty":0,"presence_penalty":0,"truncation":"disabled",
        "usage":{"input_tokens":12,"input_tokens_details":{"cached_tokens":0},"output_tokens":40,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":52},
        "user":null,"safety_identifier":null,"prompt_cache_key":null,"metadata":{}}
        """;

    private static readonly ImmutableDictionary<string, string> Id = ImmutableDictionary<string, string>.Empty.Add("id", "The response's id.");

    /// <summary>What it says of each operation.</summary>
    public static readonly ImmutableArray<OperationNotes> All =
    [
        new("POST /v1/responses", $"Creates a response as OpenAI's API does. `input`: a text or up to {Limits.Messages} items. Without `previous_response_id` and `conversation` it is in a conversation of its own, which the header `X-Conversation-Id` names; with them it waits for a reply that runs there. `stream`: in frames; `background`: the answer comes at once, and the response goes on, as every response does whose caller leaves; `store: false`: a conversation of its own is deleted when nobody has used it for an hour. Tools are functions. {CommonNotes.Repeating} SDKs that repeat requests without a key are known by what they send.")
        {
            Errors =
            [
                .. KnownErrors.OfBodies, .. KnownErrors.OfTurns, "conversation_not_found", "idempotency_key_reused", "message_unqueued", "nothing_to_reply_to", "previous_response_not_found",
                "queue_full", "reply_not_found", "unknown_message", "unknown_model", "unknown_tool_call",
            ],
            Request = """{"model":"demo","input":"Why is the sky blue?"}""",
            Response = Response,
            Others = [(StatusCodes.Status200OK, "The response: whole, or with `stream` as text/event-stream.")],
        },
        new("GET /v1/responses/{id}", $"Reads a response as far as it is, or follows it to its end, for as long as its conversation is kept. `sequence_number` is {ResponseSequence.FramesPerEvent} × (the journal's sequence − that of the reply's start) + the frame's place within the event.")
        {
            Errors = ["cursor_beyond_head", "invalid_request", "reply_not_found", "reply_restarted"],
            Parameters = Id
                .Add("stream", "`true`: in frames; `false` (default): whole.")
                .Add("starting_after", "With `stream`: the `sequence_number` of the last event that was seen; all events if it is missing."),
            Response = Response,
            Others = [(StatusCodes.Status200OK, "The response: whole, or with `stream` as text/event-stream.")],
        },
        new("DELETE /v1/responses/{id}", "Deletes a response, and stops it before if it runs; with the last response of a conversation that was made for it, the conversation.")
        {
            Errors = ["reply_not_found"],
            Parameters = Id,
            Response = """{"id":"resp_01k9xf2q6r3m8t5v0w7y1z4b2c_3","object":"response.deleted","deleted":true}""",
        },
        new("POST /v1/responses/{id}/cancel", "Stops a response, in the background or not; what it said stays. Safe to repeat.")
        {
            Errors = ["reply_not_found"],
            Parameters = Id,
            Response = Response,
        },
        new("GET /v1/responses/{id}/input_items", "Lists the items to which it was a reply: those since the response before it.")
        {
            Errors = ["invalid_request", "reply_not_found", "unknown_message"],
            Parameters = Id.AddRange(ConversationOperations.Paging),
            Response = ConversationOperations.List,
        },
    ];
}
