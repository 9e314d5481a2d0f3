using System.Collections.Immutable;
using OrleansChat.Documentation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>What the OpenAPI document says of this dialect.</summary>
internal static class ChatCompletionsNotes
{
    private const string Completion = """
        {"id":"chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_3","object":"chat.completion","created":1763704212,"model":"demo",
        "choices":[{"index":0,"message":{"role":"assistant","content":"Because …","refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":12,"completion_tokens":40,"total_tokens":52,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}
        """;

    private const string Model = """{"id":"demo","object":"model","created":0,"owned_by":"orleanschat-demo"}""";

    private static readonly ImmutableDictionary<string, string> Id =
        ImmutableDictionary<string, string>.Empty.Add("id", "The completion's id, as it stands in the answer and in each chunk.");

    /// <summary>All of it.</summary>
    public static readonly ImmutableArray<OperationNotes> All =
    [
        new("POST /v1/chat/completions", $"Continues an exchange of up to {Limits.Messages} messages, of which the last, by the user, the system or tools, is replied to; with `stream`, in chunks. Underneath is a conversation, which the header `X-Conversation-Id` names; it is deleted an hour after its last event, unless `store` is true. The reply goes on when the caller leaves: the id of each chunk is the cursor with which `GET /v1/chat/completions/{{id}}?stream=true` goes on. Images are https or data URLs. What would change the answer and cannot be had is refused: `n` above 1, `logprobs`, `logit_bias`, audio, `functions`. A repetition that an SDK makes by itself attaches to the reply that runs. {CommonNotes.Repeating}")
        {
            Errors = [.. KnownErrors.OfBodies, .. KnownErrors.OfTurns, "cursor_beyond_head", "idempotency_key_reused", "reply_not_found", "reply_restarted", "unknown_model"],
            Request = """{"model":"demo","messages":[{"role":"user","content":"Why is the sky blue?"}],"stream":true,"stream_options":{"include_usage":true}}""",
            Response = Completion,
            Others = [(StatusCodes.Status200OK, "The reply: whole, or with `stream` as text/event-stream.")],
        },
        new("GET /v1/chat/completions/{id}", "Reads a completion, running or not. With `stream=true` it comes in chunks, from a cursor on: all chunks together have the same text, however often they were cut.")
        {
            Errors = ["cursor_beyond_head", "invalid_request", "reply_not_found", "reply_restarted"],
            Parameters = Id
                .Add("stream", "`true`: in chunks; `false` (default): whole, as far as it is.")
                .Add("starting_after", "The id of the last chunk that the caller has; the header `Last-Event-ID` wins.")
                .Add("include_usage", "`true`: with a chunk that tells the usage."),
            Response = Completion,
        },
        new("POST /v1/chat/completions/{id}/cancel", "Stops a completion, if it runs; what it says so far stays, and its chunks end with `stop`. Safe to repeat.")
        {
            Errors = ["reply_not_found"],
            Parameters = Id,
            Response = Completion,
        },
        new("GET /v1/models", "Lists the configured models, the default one first, in OpenAI's form.")
        {
            Response = $$"""{"object":"list","data":[{{Model}}]}""",
        },
        new("GET /v1/models/{id}", "Reads a configured model, in OpenAI's form.")
        {
            Errors = ["unknown_model"],
            Parameters = ImmutableDictionary<string, string>.Empty.Add("id", "The model's name; a slash in it as %2F."),
            Response = Model,
        },
    ];
}
