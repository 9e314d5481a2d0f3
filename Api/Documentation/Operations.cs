using System.Collections.Immutable;
using OrleansChat.Dialects;
using OrleansChat.Keys;
using OrleansChat.Requests;

namespace OrleansChat.Documentation;

/// <summary>Every operation of the API, described.</summary>
internal static class Operations
{
    private const string Sse = "text/event-stream";

    private static readonly ImmutableDictionary<string, string> Paging = ImmutableDictionary<string, string>.Empty
        .Add("limit", $"How many items at most, 1 to {Limits.Page}; {Limits.DefaultPage} if it is missing.")
        .Add("after", "The id after which the page starts, itself excluded.");

    private static readonly ImmutableDictionary<string, string> Id = ImmutableDictionary<string, string>.Empty.Add("id", "The conversation's id.");

    private const string Guarded = "With `If-Match` and another head than that nothing is done.";

    private const string Sent =
        """{"message":"msg_2","reply":"msg_3","queued":false,"sequence":2,"events_url":"/conversations/conv_01k9xf2q6r3m8t5v0w7y1z4b2c/events?after=2"}""";

    private static readonly ImmutableArray<string> Turns =
        ["cursor_beyond_head", "head_moved", .. KnownErrors.OfTurns, "idempotency_key_reused", "message_unqueued", "queue_full", "reply_running", "unknown_model"];

    /// <summary>The operations, by method and path.</summary>
    public static readonly ImmutableDictionary<string, OperationNotes> All = ImmutableArray.Create<OperationNotes>(
        new("POST /conversations", $"Creates a conversation. {CommonNotes.Repeating} Everything in the body may be missing. Title: up to {Limits.Title} characters; system prompt: {Limits.System}; metadata: {Limits.MetadataPairs} pairs, keys of {Limits.MetadataKey} and values of {Limits.MetadataValue} characters. One that is `transient` is in no list, search or feed, and is deleted when nothing was appended to it for a while (`Conversations:Retention:TransientTime`, an hour by default).")
        {
            Errors = [.. KnownErrors.OfBodies, "history_full", "idempotency_key_reused", "unknown_model"],
            Request = """{"title":"The colour of the sky","metadata":{"project":"physics"}}""",
            Status = StatusCodes.Status201Created,
            Response = Examples.Conversation,
        },
        new("GET /conversations", $"Lists conversations, newest first, in pages both ways; with `q`, those in whose title or in one of whose messages all of up to {Limits.SearchWords} words stand, each found by its beginning if it has three characters. What was said counts when its turn has ended. A page of a search may have fewer items than asked for, or none, although `has_more` is true: go on with `after` = `next`.")
        {
            Errors = ["invalid_request"],
            Parameters = Paging.Add("before", "The id before which the page ends, itself excluded; not with `after` or `q`.").Add("q", $"Words to look for, up to {Limits.SearchQuery} characters."),
            Response = $$"""{"data":[{{Examples.Conversation}}],"has_more":false}""",
        },
        new("GET /conversations/{id}", "Reads a conversation, without its messages.")
        {
            Errors = ["conversation_not_found"],
            Parameters = Id,
            Response = Examples.Conversation,
        },
        new("PATCH /conversations/{id}", "Changes title, model, system prompt or metadata; what is missing stays. A null title or system prompt is removed. The limits are those of creation.")
        {
            Errors = [.. KnownErrors.OfBodies, "conversation_not_found", "history_full", "unknown_model"],
            Parameters = Id,
            Request = """{"title":"The colour of the sky"}""",
            Response = Examples.Conversation,
        },
        new("DELETE /conversations/{id}", "Ends a running reply and deletes the conversation for good: its journal, its place in lists, and what search knows of it.")
        {
            Errors = ["conversation_not_found"],
            Parameters = Id,
            Status = StatusCodes.Status204NoContent,
        },
        new("GET /conversations/{id}/export", "Exports a conversation, all of its messages, as a file; `POST /conversations/import` takes it back.")
        {
            Errors = ["conversation_not_found", "invalid_request"],
            Parameters = Id.Add("format", "`jsonl` (default): JSON Lines; `markdown`: Markdown for people."),
            ResponseTexts = [("application/jsonl", Examples.JsonLines), ("text/markdown", Examples.Markdown)],
        },
        new("POST /conversations/import", $"Makes a new conversation of an exported one, as a whole or not at all. Ids are new, times stay. A model that is not configured gives way to the default one. A reply that ran when it was exported is interrupted. Body: up to {Limits.ImportBytes} bytes; {Limits.ImportMessages} messages, each up to {Limits.ImportContent} characters. {CommonNotes.Repeating}")
        {
            Errors = [.. KnownErrors.OfBodies, "history_full", "idempotency_key_reused", "invalid_import"],
            RequestTexts = [("application/jsonl", Examples.JsonLines), ("text/markdown", Examples.Markdown)],
            Status = StatusCodes.Status201Created,
            Response = Examples.Conversation,
        },
        new("GET /conversations/{id}/messages", "Reads the messages of the active branch, of another, or all of them. The header `ETag` of the answer names the head.")
        {
            Errors = ["conversation_not_found", "invalid_request", "unknown_message"],
            Parameters = Id.AddRange(Paging)
                .Add("before", "The id before which the page ends, itself excluded; not with `after`.")
                .Add("branch", "`active` (default), or `all` for every message in the order of creation.")
                .Add("head", "The id of the message with which the branch to read ends; not with `branch`.")
                .Add("order", "`asc` (default): oldest first; `desc`: newest first."),
            Response = $$"""{"data":[{{Examples.Message}},{{Examples.Reply}}],"has_more":false,"head":"msg_3"}""",
        },
        new("GET /conversations/{id}/messages/{message}", "Reads one message; a running reply with what it has so far.")
        {
            Errors = ["conversation_not_found", "message_not_found"],
            Parameters = Id.Add("message", "The message's id."),
            Response = Examples.Reply,
        },
        new("DELETE /conversations/{id}/messages/{message}", "Deletes one message: it is not listed, found or told to a model any more. What followed it follows what it followed. The events that told it stay in the journal, with a `message.deleted` after them, until the conversation is deleted. Safe to repeat.")
        {
            Errors = ["conversation_not_found", "message_in_use", "message_not_found"],
            Parameters = Id.Add("message", "The message's id."),
            Status = StatusCodes.Status204NoContent,
        },
        new("POST /conversations/{id}/messages", $"Stores a message of up to {Limits.Content} characters, after the head or after `parent`, and starts the reply to it; with `Accept: text/event-stream` the answer is the stored message and its reply as events. Instead of `content` it has `parts`: text and up to {Limits.Images} images, each an https URL or, up to {Limits.ImageBytes} bytes, a data URL; or `tool_results`: what tools have answered to calls of the reply that it follows. The next reply starts when all calls are answered; until then the answer is 202 with `open_tool_calls`. `options` say how the reply is to be made, and stand in its `reply.started`: sampling, `max_output_tokens`, `stop`, `seed`, `response_format`, `tools`, `tool_choice`, `parallel_tool_calls`, `frequency_penalty` and `presence_penalty` (-2 to 2), `reasoning_effort` (`none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`), `verbosity` (`low`, `medium`, `high`), and `instructions` in the place of the conversation's system prompt, up to {Limits.System} characters; `notes`, an object of up to {Limits.Notes} characters that no model sees; schemas and descriptions up to {Limits.Schemas} characters. `on_busy` says what to do while a reply runs; at most 16 messages wait (`Limits:QueuedMessages`). {CommonNotes.Repeating} {Guarded}")
        {
            Errors = [.. KnownErrors.OfBodies, .. Turns, "conversation_not_found", "unknown_message", "unknown_tool_call"],
            Parameters = Id,
            Request = """{"content":"How warm is it in Paris?","parent":null,"on_busy":"queue","options":{"temperature":0.2,"tools":[{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}]}}""",
            Status = StatusCodes.Status202Accepted,
            Response = Sent,
        },
        new("POST /conversations/{id}/messages/{message}/regenerate", $"Has another reply made to a message, or to the one that a reply answers; otherwise as with a new message, `options` too. The body may be missing. {CommonNotes.Repeating} {Guarded}")
        {
            Errors = [.. KnownErrors.OfBodies, .. Turns, "conversation_not_found", "message_not_found", "nothing_to_reply_to"],
            Parameters = Id.Add("message", "The message's id."),
            Request = """{"model":"demo","options":{"temperature":1.2}}""",
            Status = StatusCodes.Status202Accepted,
            Response = Sent,
        },
        new("PUT /conversations/{id}/head", $"Makes the branch that ends with a message the active one; with `to_leaf`, the branch of the newest message after it. {Guarded}")
        {
            Errors = [.. KnownErrors.OfBodies, "conversation_not_found", "head_moved", "unknown_message"],
            Parameters = Id,
            Request = """{"message":"msg_2","to_leaf":true}""",
            Response = Examples.Conversation,
        },
        new("GET /conversations/{id}/queue", "Reads what waits for replies to end, the next first.")
        {
            Errors = ["conversation_not_found"],
            Parameters = Id,
            Response = """{"data":[{"id":"msg_9","role":"user","content":"And at dusk?","parent":null,"follows":true,"model":"demo","sequence":9,"queued_at":"2026-11-21T05:50:12.480Z"}],"limit":16}""",
        },
        new("DELETE /conversations/{id}/queue/{message}", "Takes a message out of the queue; safe to repeat.")
        {
            Errors = ["conversation_not_found", "not_queued"],
            Parameters = Id.Add("message", "The id with which it waits."),
            Status = StatusCodes.Status204NoContent,
        },
        new("POST /conversations/{id}/cancel", "Stops the running reply, if any; with `reply`, that one and no later one; with `at`, an event's sequence, the stored reply ends there. Safe to repeat. The body may be missing.")
        {
            Errors = [.. KnownErrors.OfBodies, "conversation_not_found", "outside_reply", "reply_ended"],
            Parameters = Id,
            Request = """{"at":52}""",
            Response = Examples.Conversation,
        },
        new("GET /conversations/{id}/events", "Follows the conversation's events from a cursor on: each with its sequence as its id, and then whatever comes. A heartbeat comment comes every 15 s. Where no server can be asked, the stream is empty and says when to come back.")
        {
            Errors = ["conversation_not_found", "cursor_beyond_head", "invalid_request"],
            Parameters = Id
                .Add("after", "The sequence after which to begin, 0 or more; the header `Last-Event-ID` wins.")
                .Add("until", "`idle`: ends after the reply, instead of never.")
                .Add("catchup", "`coalesced` (default): neighbouring deltas that are at hand come as one; `deltas`: each by itself."),
            ResponseTexts = [(Sse, Examples.Events)],
            Others = [(StatusCodes.Status204NoContent, "With until=idle: nothing is left and nothing runs.")],
        },
        new("GET /events", $"Follows all of the caller's conversations over one connection. First, and whenever something may have been missed, a `snapshot`: the conversations that may have changed since the cursor (up to 100), the ids of those that exist (up to 1,000, the newest), and whether that is `complete`. Then `conversation.created`, `conversation.updated`, `conversation.replying`, `conversation.finished` and `conversation.deleted`, each with the conversation as it is. Events of conversations that are followed come under their own names as `{{\"conversation\", \"event\"}}`. The id is one cursor for all of it, good at any node.")
        {
            Errors = ["invalid_request"],
            Parameters = ImmutableDictionary<string, string>.Empty
                .Add("after", "The id of the last event; the header `Last-Event-ID` wins.")
                .Add("follow", $"Up to {Limits.Followed} ids of conversations, with commas between; `id:sequence` begins after a sequence, `id` now."),
            ResponseTexts = [(Sse, Examples.OwnerEvents)],
        },
        new("GET /models", "Lists the configured models, the default one first. One that is not `available` has failed too often just now: its fallbacks reply in its place, or its replies fail with `upstream_unavailable`.")
        {
            Response = """{"data":[{"id":"demo","owned_by":"orleanschat-demo","default":true,"available":true}]}""",
        },
        new("GET /usage", $"What the caller's replies cost, those of deleted conversations too: every reply that asked a model, completed, failed, cancelled or interrupted, from the moment of its end on and exactly once. Tokens that a model did not tell are estimated, and such replies counted as `estimated_replies`. Costs are by the prices that the model had when the reply ended. Up to {Limits.UsageDays} days.")
        {
            Errors = ["invalid_request"],
            Parameters = ImmutableDictionary<string, string>.Empty
                .Add("from", $"The first day (UTC), such as `2026-11-01`; {Limits.DefaultUsageDays - 1} days before the last one if it is missing.")
                .Add("to", "The last day (UTC); today if it is missing.")
                .Add("group_by", "`model,day` (default), `model`, `day`, or empty for one sum."),
            Response = Examples.Usage,
        },
        new("POST /conversations/{id}/tickets", "A ticket for readers that cannot send headers, such as a browser's `EventSource`: `?ticket=` on the streams of this conversation, to read them and nothing else, until it ends (`Authentication:Tickets:Lifetime`, an hour by default), or what it was asked for with does. Streams that it opened end with it.")
        {
            Errors = ["conversation_not_found"],
            Parameters = Id,
            Status = StatusCodes.Status201Created,
            Response = """{"ticket":"CfDJ8Nn0TzZx…","expires_at":"2026-11-21T06:50:12.480Z"}""",
        },
        new("GET /session", "Who the caller is, and what he may do: by a key, a session, a proxy, or as `local` where nobody signs in.")
        {
            IsOpen = true,
            Errors = ["cross_site", "unauthenticated"],
            Response = """{"owner":"alice","scopes":["read","write"],"signed_in_by":"session","expires_at":"2026-11-28T05:50:12.480Z"}""",
        },
        new("POST /session", "Signs a browser in: the key comes once, and then a cookie, which scripts cannot read and which no other site can have sent. It lasts for `Authentication:Sessions:Lifetime` (7 days by default), or until its key ends.")
        {
            IsOpen = true,
            Errors = [.. KnownErrors.OfBodies, "cross_site", "unauthenticated"],
            Request = """{"key":"oc_7f3k9m2x4q8b_…"}""",
            Status = StatusCodes.Status204NoContent,
        },
        new("DELETE /session", "Has the browser forget its session.")
        {
            IsOpen = true,
            Errors = ["cross_site"],
            Status = StatusCodes.Status204NoContent,
        },
        new("POST /keys", $"Makes a key, for any owner. It is shown in this answer and never again: only its SHA-256 is stored. Name: up to {ApiKey.MaxName} characters. Without `owner` it is the caller's own; without `scopes` it reads and writes; without `expires_at` it works until it is revoked.")
        {
            Errors = [.. KnownErrors.OfBodies],
            Request = """{"owner":"alice","name":"laptop","scopes":["read","write"],"expires_at":"2027-11-21T00:00:00Z"}""",
            Status = StatusCodes.Status201Created,
            Response = $$"""{"key":"oc_7f3k9m2x4q8b_…",{{Examples.Key[1..]}}""",
        },
        new("GET /keys", "Lists keys, those that were revoked or have expired too, newest first.")
        {
            Errors = ["invalid_request"],
            Parameters = Paging,
            Response = $$"""{"data":[{{Examples.Key}}],"has_more":false}""",
        },
        new("DELETE /keys/{id}", "Revokes a key for good, with its sessions and tickets; on all nodes, and for streams that are open, within `Authentication:Recheck` (5 s by default). Safe to repeat.")
        {
            Errors = ["key_not_found"],
            Parameters = ImmutableDictionary<string, string>.Empty.Add("id", "The key's id, its middle part."),
            Response = Examples.Key,
        },
        new("GET /health/live", "Whether the process runs.")
        {
            IsOpen = true,
            Response = """{"status":"live","reason":null,"runtime":null}""",
        },
        new("GET /health/ready", "Whether it can serve: silos and their store answer, events arrive, it is not stopping. `reason` and `runtime` are for callers with the scope `admin`; null for others.")
        {
            IsOpen = true,
            Response = """{"status":"ready","reason":null,"runtime":"Microsoft Orleans 10.4.2"}""",
            Others = [(StatusCodes.Status503ServiceUnavailable, "It cannot; `reason` says why.")],
        }).AddRange(AllDialects.All.SelectMany(dialect => dialect.Operations)).ToImmutableDictionary(notes => notes.Operation, StringComparer.Ordinal);
}
