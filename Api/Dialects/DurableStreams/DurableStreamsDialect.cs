using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Documentation;
using OrleansChat.Limiting;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>
/// The read side of the Durable Streams protocol (https://github.com/durable-streams/durable-streams/blob/main/PROTOCOL.md): a
/// conversation's events as a stream of JSON messages. Writing is what the other dialects are for.
/// </summary>
internal sealed class DurableStreamsDialect : IDialect
{
    private const string Conversation = "/streams/{conversation}";
    private const string Message = "/streams/{conversation}/{message}";

    private const string OfConversation = "The stream of a conversation, which is never closed: each of its messages is an event, as `GET /conversations/{id}/events?catchup=deltas` has it.";
    private const string OfMessage = "The stream of one message: the events of a conversation that concern a reply, from its start to its end, with which the stream is closed.";
    private const string Reading = "At the end it answers with what there is; with `live=long-poll` it waits up to 20 s for more (204: nothing came), with `live=sse` it goes on for a minute at a time. Offsets are sequences, in 16 digits.";
    private const string Asking = "Its end (`Stream-Next-Offset`), and whether that is for good (`Stream-Closed`).";

    private static readonly ImmutableDictionary<string, string> Id = ImmutableDictionary<string, string>.Empty.Add("conversation", "The conversation's id.");

    private static readonly ImmutableDictionary<string, string> Parameters = Id
        .Add("offset", "After what to begin: `-1` (default) for the beginning, `now` for the end, or a `Stream-Next-Offset`. Needed with `live`.")
        .Add("live", "`long-poll` or `sse`.")
        .Add("cursor", "The `Stream-Cursor` of the last answer, by which caches tell answers apart.");

    private static readonly ImmutableArray<(string ContentType, string Example)> Answers =
    [
        (StreamHeaders.ContentType, """[{"type":"reply.delta","sequence":4,"message":"msg_3","text":"Because"}]"""),
        (SseFrames.ContentType, """
            event: data
            data: [{"type":"reply.delta","sequence":4,"message":"msg_3","text":"Because"}]

            event: control
            data: {"streamNextOffset":"0000000000000004","streamCursor":"3345120","upToDate":true}


            """),
    ];

    private static readonly ImmutableArray<(int Status, string Description)> Others =
    [
        (StatusCodes.Status204NoContent, "With live=long-poll: nothing came, or, with Stream-Closed, nothing will."),
        (StatusCodes.Status304NotModified, "The page is the one that If-None-Match names."),
    ];

    public ImmutableArray<OperationNotes> Operations { get; } =
    [
        Read(Conversation, OfConversation, Parameters, ["conversation_not_found"]),
        Read(Message, OfMessage, WithMessage(Parameters), ["conversation_not_found", "message_not_found"]),
        new($"HEAD {Conversation}", Asking) { Errors = ["conversation_not_found"], Parameters = Id },
        new($"HEAD {Message}", Asking) { Errors = ["conversation_not_found", "message_not_found"], Parameters = WithMessage(Id) },
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Durable Streams");
        group.MapGet(Conversation, ReadConversation).HoldsConnection(IsLive).WithSummary("Read a conversation's events by the Durable Streams protocol").AcceptTickets("conversation");
        group.MapGet(Message, ReadMessage).HoldsConnection(IsLive).WithSummary("Read one message's events by the Durable Streams protocol").AcceptTickets("conversation");
        group.MapMethods(Conversation, [HttpMethods.Head], AskConversation).WithSummary("Where a conversation's stream ends");
        group.MapMethods(Message, [HttpMethods.Head], AskMessage).WithSummary("Where a message's stream ends, and whether for good");
    }

    private static bool IsLive(HttpRequest request) => request.Query.ContainsKey("live");

    private static Task<Results<PageResult, FollowResult, ProblemHttpResult>> ReadConversation(
        HttpContext context, string conversation, string? offset = null, string? live = null, string? cursor = null) =>
        ReadAsync(context, conversation, null, StreamRead.Of(offset, live, cursor));

    private static Task<Results<PageResult, FollowResult, ProblemHttpResult>> ReadMessage(
        HttpContext context, string conversation, string message, string? offset = null, string? live = null, string? cursor = null) =>
        ReadAsync(context, conversation, message, StreamRead.Of(offset, live, cursor));

    private static Task<Results<HeadResult, ProblemHttpResult>> AskConversation(HttpContext context, string conversation) =>
        AskAsync(context, conversation, null);

    private static Task<Results<HeadResult, ProblemHttpResult>> AskMessage(HttpContext context, string conversation, string message) =>
        AskAsync(context, conversation, message);

    private static async Task<Results<PageResult, FollowResult, ProblemHttpResult>> ReadAsync(
        HttpContext context, string conversation, string? message, StreamRead read)
    {
        var (stream, from, problem) = await StreamOpening.OpenAsync(context, conversation, message, read.Offset);
        return stream is null ? problem!
            : read.Live == LiveMode.Sse ? new FollowResult(stream, read, from)
            : new PageResult(stream, read, from);
    }

    private static async Task<Results<HeadResult, ProblemHttpResult>> AskAsync(
        HttpContext context, string conversation, string? message)
    {
        var (stream, _, problem) = await StreamOpening.OpenAsync(context, conversation, message, StreamOffset.Now);
        return stream is null ? problem! : new HeadResult(stream);
    }

    private static OperationNotes Read(
        string path, string what, ImmutableDictionary<string, string> parameters, ImmutableArray<string> errors) =>
        new($"GET {path}", $"{what} {Reading}")
        {
            Errors = [.. errors, "cursor_beyond_head", "invalid_request"],
            Parameters = parameters,
            ResponseTexts = Answers,
            Others = Others,
        };

    private static ImmutableDictionary<string, string> WithMessage(ImmutableDictionary<string, string> parameters) =>
        parameters.Add("message", "The message's id.");
}
