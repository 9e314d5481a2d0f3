using System.Collections.Immutable;
using OrleansChat.Documentation;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Html;

/// <summary>What the OpenAPI document says of this dialect.</summary>
internal static class HtmlOperations
{
    private const string Safety = "The HTML has no elements, attributes and addresses but those that the documentation lists, whatever the message says: no raw HTML, no images, no scripts, no styles, no ids.";

    private const string Rendered = $$"""{"message":{{Examples.Reply}},"blocks":["<p>Because the sky …</p>\n"]}""";

    private const string Events = """
        id: 3
        event: reply.started
        data: {"type":"reply.started","sequence":3,"message":"msg_3","parent":"msg_2","model":"demo","at":"2026-11-21T05:50:12.480Z"}

        id: 9
        event: block
        data: {"message":"msg_3","index":0,"html":"<p>Because the <strong>blue</strong> …</p>\n"}

        id: 11
        event: growing
        data: {"message":"msg_3","index":1,"keep":0,"html":"<p>And at dusk</p>\n"}

        id: 12
        event: reply.ended
        data: {"message":"msg_3","sequence":12,"status":"completed","blocks":2,"at":"2026-11-21T05:50:13.480Z","finish_reason":"stop"}


        """;

    private static readonly ImmutableDictionary<string, string> Id = ImmutableDictionary<string, string>.Empty.Add("id", "The conversation's id.");

    /// <summary>The operations.</summary>
    public static readonly ImmutableArray<OperationNotes> All =
    [
        new("GET /conversations/{id}/html/messages", $"Reads messages as `GET /conversations/{{id}}/messages` does, each with its content as HTML, block by block; of a running reply the finished blocks, and in `open` what still grows. `sequence` is the cursor with which to follow the events from there. {Safety}")
        {
            Errors = ["conversation_not_found", "invalid_request", "unknown_message"],
            Parameters = Id
                .Add("limit", $"How many items at most, 1 to {Limits.Page}; {Limits.DefaultPage} if it is missing.")
                .Add("after", "The id after which the page starts, itself excluded.")
                .Add("before", "The id before which the page ends, itself excluded; not with `after`.")
                .Add("branch", "`active` (default), or `all` for every message in the order of creation.")
                .Add("head", "The id of the message with which the branch to read ends; not with `branch`.")
                .Add("order", "`asc` (default): oldest first; `desc`: newest first."),
            Response = $$"""{"data":[{{Rendered}}],"has_more":false,"head":"msg_3","sequence":12}""",
        },
        new("GET /conversations/{id}/html/messages/{message}", $"Reads one message with its content as HTML. {Safety}")
        {
            Errors = ["conversation_not_found", "message_not_found"],
            Parameters = Id.Add("message", "The message's id."),
            Response = Rendered,
        },
        new("GET /conversations/{id}/html/events", $"Follows the conversation's events from a cursor on, with messages and replies as HTML: `message`, a stored message; `block`, a block of a reply that is finished, once; `growing`, what comes after the last block, of which the reader keeps the first `keep` characters; `append`, text for code that grows; `reasoning`, `refusal` and `tool`, text from an `offset` on; `reply.ended`. Other events are those of `GET /conversations/{{id}}/events`, and ids are the same sequences, so that both can go on where the other has left; who comes back in the middle of a reply gets the blocks that he lacks, and the open one whole. {Safety}")
        {
            Errors = ["conversation_not_found", "cursor_beyond_head", "invalid_request"],
            Parameters = Id
                .Add("after", "The sequence after which to begin, 0 or more; the header `Last-Event-ID` wins.")
                .Add("until", "`idle`: ends after the reply, instead of never."),
            ResponseTexts = [(SseFrames.ContentType, Events)],
            Others = [(StatusCodes.Status204NoContent, "With until=idle: nothing is left and nothing runs.")],
        },
    ];
}
