using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Dialects.AiSdk;
using OrleansChat.Dialects.ChatCompletions;
using OrleansChat.Dialects.ContentSse;
using OrleansChat.Dialects.DurableStreams;
using OrleansChat.Dialects.Html;
using OrleansChat.Dialects.PlainText;
using OrleansChat.Dialects.Responses;

namespace OrleansChat.Dialects;

/// <summary>The dialects that are spoken here, beside the native one.</summary>
internal static class AllDialects
{
    /// <summary>The dialects. A further one is a folder of its own and a line here.</summary>
    public static readonly ImmutableArray<IDialect> All =
    [
        new PlainTextDialect(),
        new ContentSseDialect(),
        new AiSdkDialect(),
        new ChatCompletionsDialect(),
        new ResponsesDialect(),
        new DurableStreamsDialect(),
        new HtmlDialect(),
    ];

    /// <summary>Adds what the dialects need, and has their JSON known.</summary>
    public static IServiceCollection AddDialects(this IServiceCollection services)
    {
        foreach (var dialect in All)
        {
            dialect.AddServices(services);
        }

        return services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var resolver in All.Select(dialect => dialect.Json).OfType<IJsonTypeInfoResolver>())
            {
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, resolver);
            }
        });
    }

    /// <summary>Maps the endpoints of all dialects.</summary>
    public static void MapDialects(this IEndpointRouteBuilder routes)
    {
        foreach (var dialect in All)
        {
            dialect.Map(routes);
        }
    }
}
