using System.Reflection;
using OrleansChat.Api.Tests.Documentation;
using OrleansChat.Dialects.DurableStreams;
using OrleansChat.Limiting;
using OrleansChat.OwnerFeeds;
using OrleansChat.Streaming;
using OrleansChat.Transfer;

namespace OrleansChat.Api.Tests.Limiting;

/// <summary>Which requests count as connections of their owner.</summary>
public class HeldConnectionsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly Type[] Held = [typeof(EventStreamResult), typeof(OwnerFeedResult), typeof(FollowResult), typeof(ExportResult)];

    [Fact]
    public void Every_endpoint_that_can_answer_with_a_stream_is_counted()
    {
        // What cancels tells the result by the same type as what reads it, and never follows it.
        var streaming = host.Endpoints
            .Where(endpoint => !endpoint.RoutePattern.RawText!.EndsWith("/cancel", StringComparison.Ordinal))
            .Where(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler && TypesIn(handler.ReturnType).Intersect(Held).Any())
            .ToList();

        // As many as there were when this was written, at least: the test would find nothing if handlers looked otherwise.
        Assert.InRange(streaming.Count, 14, int.MaxValue);
        Assert.Empty(streaming.Where(endpoint => endpoint.Metadata.GetMetadata<HoldsConnection>() is null).Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public void So_is_what_takes_the_largest_bodies() =>
        Assert.NotNull(host.Endpoints.Single(endpoint => endpoint.RoutePattern.RawText == "/conversations/import").Metadata.GetMetadata<HoldsConnection>());

    private static IEnumerable<Type> TypesIn(Type type) => type.GetGenericArguments().SelectMany(TypesIn).Append(type);
}
