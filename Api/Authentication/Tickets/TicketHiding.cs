using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace OrleansChat.Authentication;

/// <summary>
/// Takes tickets out of the addresses of requests before anything sees them: the server's own log and traces have the address as it
/// came, at some level, and whatever is added later may too. A ticket stands in the address because an EventSource can send it in no other way.
/// </summary>
internal sealed class TicketHiding(IServiceProvider services) : IHttpContextFactory
{
    private const string Parameter = "ticket";

    private readonly DefaultHttpContextFactory inner = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        if (featureCollection.Get<IHttpRequestFeature>() is { } request
            && (request.QueryString.Contains(Parameter, StringComparison.OrdinalIgnoreCase) || request.QueryString.Contains('%', StringComparison.Ordinal)))
        {
            Hide(request, featureCollection);
        }

        return inner.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);

    private static void Hide(IHttpRequestFeature request, IFeatureCollection features)
    {
        var rest = default(QueryString);
        var tickets = new List<string>();
        foreach (var pair in new QueryStringEnumerable(request.QueryString))
        {
            if (pair.DecodeName().Span.Equals(Parameter, StringComparison.OrdinalIgnoreCase))
            {
                tickets.Add(pair.DecodeValue().ToString());
            }
            else
            {
                rest = rest.Add(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            }
        }

        if (tickets.Count == 0)
        {
            return;
        }

        request.QueryString = rest.Value ?? "";
        var end = request.RawTarget.IndexOf('?', StringComparison.Ordinal);
        request.RawTarget = (end < 0 ? request.RawTarget : request.RawTarget[..end]) + rest.Value;

        // With two of them nobody can say which is meant.
        features.Set(new HiddenTicket(tickets.Count == 1 ? tickets[0] : ""));
    }
}
