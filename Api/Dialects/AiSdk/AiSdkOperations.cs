using System.Collections.Immutable;
using OrleansChat.Documentation;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>What the OpenAPI document says of this dialect.</summary>
internal static class AiSdkOperations
{
    private const string Stream = """
        : the reply follows

        data: {"type":"start","messageId":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_3","messageMetadata":{"replyId":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_3","model":"demo","createdAt":"2026-11-21T05:50:12.480Z"}}

        id: 3
        data: {"type":"start-step"}

        data: {"type":"text-start","id":"text-4-1"}

        id: 4
        data: {"type":"text-delta","id":"text-4-1","delta":"Because"}


        """;

    private static readonly ImmutableDictionary<string, string> Id = ImmutableDictionary<string, string>.Empty
        .Add("id", "The chat's id; or the conversation's, for one that was not created here.");

    private static readonly ImmutableDictionary<string, string> IdOrRun = ImmutableDictionary<string, string>.Empty
        .Add("id", "The chat's id; or that of one reply's stream, which the header `x-workflow-run-id` named.");

    /// <summary>The operations.</summary>
    public static readonly ImmutableArray<OperationNotes> All =
    [
        new("POST /api/chat", $"Carries out what `useChat` wants and answers with the reply as a UI message stream, version 1. Of `messages` those that the chat does not have are stored before the last one: with the `trigger` `submit-message` that is a new message of the user; with the `messageId` of an earlier one, which it replaces, an edit; or a model's message with outputs of tools, which goes on. `regenerate-message` has another reply made. A client may send the last `message` alone. Its ids of messages make repeated requests one; without an `id` the request stands alone. Beside that: `model`, `system`, `temperature`, `topP`, `maxOutputTokens`, `stopSequences`, `seed`, `presencePenalty`, `frequencyPenalty`, `reasoningEffort`, `responseFormat`, `tools`, `toolChoice`, `parallelToolCalls` and `onBusy`. Up to {Limits.ExchangeBytes} bytes and {Limits.Messages} messages that the chat does not have; what was refused of an earlier message is left out; images as in messages of the native API. {CommonNotes.Repeating}")
        {
            Errors =
            [
                .. KnownErrors.OfBodies, .. KnownErrors.OfTurns, "conversation_not_found", "head_moved", "idempotency_key_reused", "message_unqueued", "nothing_to_reply_to",
                "queue_full", "reply_running", "unknown_message", "unknown_model", "unknown_tool_call",
            ],
            Request = """{"id":"aB3dE6gH9jK2mN5p","messages":[{"id":"q1","role":"user","parts":[{"type":"text","text":"Why is the sky blue?"}]}],"trigger":"submit-message"}""",
            ResponseTexts = [(SseFrames.ContentType, Stream)],
            Others = [(StatusCodes.Status204NoContent, "The request came before, and all of its reply has been told.")],
        },
        new("GET /api/chat/{id}", $"Reads a chat's messages, the newest {Limits.Messages} at most. The message that a running reply belongs to is not among them: `replying` says that the stream has it. A chat that nobody has written in has none.")
        {
            Errors = ["conversation_not_found"],
            Parameters = Id,
            Response = """{"id":"aB3dE6gH9jK2mN5p","replying":false,"messages":[{"id":"msg_01k9xf2q6r3m8t5v0w7y1z4b2c_2","role":"user","parts":[{"type":"text","text":"Why is the sky blue?"}]}]}""",
        },
        new("GET /api/chat/{id}/stream", "Tells the running reply of a chat once more from its beginning, under the same message id, with all steps of its message, and then goes on with it. With an id of a stream, that reply, also when it has ended. `startIndex` or `Last-Event-ID` leave out what the client has. What began anew on another server meanwhile has to be asked for from the beginning (409).")
        {
            Errors = ["conversation_not_found", "cursor_beyond_head", "invalid_request", "reply_restarted"],
            Parameters = IdOrRun.Add("startIndex", "The number of the chunk with which to begin, from 0; below 0 counted from the end, which the header `x-workflow-stream-tail-index` tells."),
            ResponseTexts = [(SseFrames.ContentType, Stream)],
            Others = [(StatusCodes.Status204NoContent, "Nothing runs; or the client has all of it.")],
        },
        new("POST /api/chat/{id}/stop", "Stops the running reply, if any; with an id of a stream, that reply and no other. What it has said stays. Safe to repeat. (`stop()` of `useChat` only hangs up.)")
        {
            Errors = ["conversation_not_found"],
            Parameters = IdOrRun,
            Status = StatusCodes.Status204NoContent,
        },
    ];
}
