namespace OrleansChat.Authentication;

/// <summary>Metadata of an endpoint that can be read with a ticket, by GET.</summary>
/// <param name="RouteValue">The route value with the conversation's id.</param>
internal sealed record TicketAccess(string RouteValue);

/// <summary>Says of endpoints that they can be read with tickets.</summary>
internal static class TicketAccessExtensions
{
    /// <summary>Lets callers in with <c>?ticket=</c>, for the conversation that a route value names.</summary>
    public static TBuilder AcceptTickets<TBuilder>(this TBuilder builder, string routeValue = "id")
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TicketAccess(routeValue));
}
