using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Limiting;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.OwnerFeeds;

/// <summary>All of an owner's conversations over one connection.</summary>
internal static class OwnerFeedApi
{
    public static void MapOwnerFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", Follow)
            .HoldsConnection()
            .WithTags("Conversations")
            .WithSummary("Follow all conversations as server-sent events, from Last-Event-ID or ?after=; with ?follow=, the events of some");

    private static Task<OwnerFeedResult> Follow(HttpContext context, string? after = null, string? follow = null)
    {
        var header = context.Request.Headers["Last-Event-ID"].ToString();
        var text = header.Length > 0 ? header : after;
        OwnerCursor? cursor = null;
        if (text is not null && !OwnerCursor.TryParse(text, out cursor))
        {
            throw RequestReading.Invalid("The cursor, in the header 'Last-Event-ID' or the query parameter 'after', is the id of an event of this feed.");
        }

        return Task.FromResult(new OwnerFeedResult(context.Owner(), cursor, ReadFollowed(follow)));
    }

    private static ImmutableArray<(ConversationId Id, long? After)> ReadFollowed(string? follow)
    {
        var followed = ImmutableArray.CreateBuilder<(ConversationId, long?)>();
        foreach (var each in (follow ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = each.Split(':');
            var after = 0L;
            if (parts.Length > 2
                || !ConversationId.TryParse(parts[0], out var id)
                || (parts.Length == 2 && !WholeNumber.TryParse(parts[1], out after))
                || followed.Any(other => other.Item1 == id)
                || followed.Count == Limits.Followed)
            {
                throw RequestReading.Invalid(
                    $"The query parameter 'follow' is up to {Limits.Followed} different ids of conversations with commas between, each with ':' and a sequence to begin after, or without to begin now.");
            }

            followed.Add((id, parts.Length == 2 ? after : null));
        }

        return followed.DrainToImmutable();
    }
}
