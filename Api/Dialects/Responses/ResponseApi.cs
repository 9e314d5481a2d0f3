using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Rendering;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Turns;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Errors;
using OrleansChat.Events;
using OrleansChat.Limiting;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Responses;

/// <summary>Responses: create, read, follow, cancel, delete.</summary>
internal static class ResponseApi
{
    public static void MapResponses(this RouteGroupBuilder group)
    {
        group.MapPost("/responses", Create).HoldsConnection().TakesWholeExchange().WithSummary("Create a response: whole, in frames, or in the background").Accepts<CreateResponseBody>("application/json");
        group.MapGet("/responses/{id}", Get).HoldsConnection(request => request.Query["stream"] == "true").WithSummary("Read a response; with ?stream=true, follow it from ?starting_after= on");
        group.MapDelete("/responses/{id}", Delete).WithSummary("Delete a response");
        group.MapPost("/responses/{id}/cancel", Cancel).WithSummary("Stop a response");
        group.MapGet("/responses/{id}/input_items", ListInput).WithSummary("List what a response was a reply to");
    }

    private static async Task<Results<Ok<ResponseView>, EventStreamResult, ProblemHttpResult>> Create(
        HttpContext context, ResponseTurns turns, ResponseReading reading, TimeProvider clock)
    {
        var came = clock.GetUtcNow();
        var asked = await RequestAttempts.ReadAsync(context.Request);
        var body = await context.Request.ReadBodyAsync<CreateResponseBody>();
        switch (await turns.StartAsync(context, asked, body))
        {
            case ResponseTurn.Started started when body.Stream == true:
                return Widen(await reading.FollowAsync(started.Key, ResponseSequence.None, context.RequestAborted));
            case ResponseTurn.Started started:
                var waits = body.Background != true;
                var response = waits
                    ? await reading.ReadToEndAsync(started.Key, Admission.Of(context), context.RequestAborted)
                    : await reading.ReadAsync(started.Key, context.RequestAborted);
                if (response is not { IsKnown: true } state)
                {
                    return Problems.ReplyNotFound();
                }

                if (state.Ended?.At < came)
                {
                    RequestAttempts.Replays(context);
                }

                return waits && state.Ended is ReplyFailed or ReplyInterrupted
                    ? ReplyFailures.Of(ReplyFailures.ErrorOf(state.Ended))
                    : TypedResults.Ok(ResponseView.Of(state));
            case ResponseTurn.Refused refused:
                RequestAttempts.Refused(context);
                return refused.Problem;
            case var other:
                throw new InvalidOperationException($"A turn came to {other.GetType().Name}.");
        }
    }

    private static async Task<Results<Ok<ResponseView>, EventStreamResult, ProblemHttpResult>> Get(
        HttpContext context,
        ResponseLookup responses,
        ResponseReading reading,
        string id,
        string? stream = null,
        [FromQuery(Name = "starting_after")] string? startingAfter = null)
    {
        var follows = RequestReading.ReadChoice("stream", stream, false, ("false", false), ("true", true));
        var after = ReadCursor(startingAfter);
        if (await responses.FindAsync(context, id) is not { } found)
        {
            return Problems.ReplyNotFound();
        }

        var withSignatures = Pages.IncludesSignatures(context.Request);
        return follows
            ? Widen(await reading.FollowAsync(found.Key, after, context.RequestAborted, withSignatures))
            : Shown(await reading.ReadAsync(found.Key, context.RequestAborted, withSignatures));
    }

    private static async Task<Results<Ok<ResponseView>, EventStreamResult, ProblemHttpResult>> Cancel(
        HttpContext context, ResponseLookup responses, ResponseReading reading, string id)
    {
        var found = await UnqueueAsync(context, responses, id);
        if (found is null)
        {
            return Problems.ReplyNotFound();
        }

        if (found.Message is not null)
        {
            await found.Conversation.CancelAsync(new CancelReply(Reply: found.Reply));
        }

        return Shown(await reading.ReadAsync(found.Key, context.RequestAborted));
    }

    private static async Task<Results<Ok<DeletedView>, ProblemHttpResult>> Delete(HttpContext context, ResponseLookup responses, string id)
    {
        if (await UnqueueAsync(context, responses, id) is not { } found)
        {
            return Problems.ReplyNotFound();
        }

        var conversation = found.Conversation;
        if (found.Message is null)
        {
            await conversation.DeleteMessageAsync(found.Key.Message);
        }
        else if (await conversation.DeleteMessageAsync(found.Reply!) == DeleteMessageResult.Running)
        {
            await conversation.CancelAsync(new CancelReply(Reply: found.Reply));
            await conversation.DeleteMessageAsync(found.Reply!);
        }

        await ImplicitConversations.DeleteIfEmptyAsync(conversation);
        return TypedResults.Ok(new DeletedView(id, "response.deleted"));
    }

    private static async Task<Results<Ok<ListView>, ProblemHttpResult>> ListInput(
        HttpContext context, ResponseLookup responses, string id, string? limit = null, string? after = null, string? order = null)
    {
        var pages = Pages.Read(context.Request, limit, after, order);
        if (await responses.FindAsync(context, id) is not { Message: { } reply } found)
        {
            return Problems.ReplyNotFound();
        }

        var items = await ResponseInput.ReadAsync(found.Conversation, found.Key.Conversation.Id, reply, pages);
        return pages.Of(items, item => item.Id) is { } page
            ? TypedResults.Ok(ListView.Of(page.Items, page.HasMore))
            : Problems.UnknownMessage("The query parameter 'after' names no item that is listed here.");
    }

    // The response, which does not wait in the queue any more. It may start just now, and then is what it has become.
    private static async Task<FoundResponse?> UnqueueAsync(HttpContext context, ResponseLookup responses, string id)
    {
        var found = await responses.FindAsync(context, id);
        return found is { Message: null } && !await found.Conversation.UnqueueAsync(found.Key.Message) ? await responses.FindAsync(context, id) : found;
    }

    private static Results<Ok<ResponseView>, EventStreamResult, ProblemHttpResult> Shown(ResponseState? state) =>
        state is { IsKnown: true } ? TypedResults.Ok(ResponseView.Of(state)) : Problems.ReplyNotFound();

    private static Results<Ok<ResponseView>, EventStreamResult, ProblemHttpResult> Widen(Results<EventStreamResult, ProblemHttpResult> result) =>
        result.Result is EventStreamResult stream ? stream : (ProblemHttpResult)result.Result;

    private static long ReadCursor(string? text) => text is null ? ResponseSequence.None
        : WholeNumber.TryParse(text, out var number) ? number
        : throw RequestReading.Invalid("The query parameter 'starting_after' is the sequence_number of an event: a whole number, 0 or more.");
}
