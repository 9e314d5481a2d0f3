using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Documentation;
using OrleansChat.Errors;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Health;
using OrleansChat.Models;
using OrleansChat.OwnerFeeds;
using OrleansChat.Requests;
using OrleansChat.Telemetry;
using OrleansChat.Tutorials;
using OrleansChat.Usage;

namespace OrleansChat.Hosting;

/// <summary>What makes a web application an API node. Where its silos are is for the host to say.</summary>
public static class ApiHosting
{
    // At the default of 512 a thousand readers that come back at once, after a node's death, wait a second for a retransmitted SYN.
    private const int ListenBacklog = 8_192;

    /// <summary>Adds the API's services.</summary>
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.BodyBytes;
        });
        builder.WebHost.UseSockets(sockets => sockets.Backlog = ListenBacklog);

        // Everything that goes wrong in a request is logged where it is answered; what reaches Kestrel beyond that is a stream
        // that is cut off on purpose.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);

        if (builder.Configuration.HasTelemetry())
        {
            RequestTracing.Describe();
        }

        builder.Services.AddProblemDetails();
        builder.Services.AddApiDocument();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new Rfc3339Converter());
            json.SerializerOptions.Encoder = ReadableEncoder.Instance;
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(NodeId.New());
        builder.Services.AddSingleton<ConversationLookup>();
        builder.Services.AddSingleton<ConversationFeeds>();
        builder.Services.AddSingleton<TurnResults>();
        builder.Services.AddSingleton<ISiloDepartures>(services => services.GetRequiredService<ConversationFeeds>());
        builder.Services.AddSingleton<OwnerFeedRegistry>();
        builder.Services.AddSingleton<ISiloDepartures>(services => services.GetRequiredService<OwnerFeedRegistry>());
        builder.Services.AddHostedService(services => services.GetRequiredService<OwnerFeedRegistry>());
        builder.Services.AddSingleton<Func<ConversationKey, IConversationGrain>>(services =>
            key => services.GetRequiredService<IGrainFactory>().GetGrain<IConversationGrain>(key.ToString()));
        builder.Services.AddSingleton<DeliverySubscription>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DeliverySubscription>());
        builder.Services.AddHostedService<FeedWatchdog>();
        builder.Services.AddHostedService<StartReport>();
        return builder;
    }

    /// <summary>Maps the API, and the page that uses it.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Configuration.HasTelemetry())
        {
            app.UseRequestTracing();
        }

        // Once for all: a registration of each reader would be a good part of what an idle one costs.
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ConversationFeeds>().WakeAll);

        app.UseErrorHandling();
        app.UseStatusCodePages();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapConversations();
        app.MapOwnerFeed();
        app.MapModels();
        app.MapUsage();
        app.MapTutorials();
        app.MapHealth();
        app.MapOpenApi("/openapi/v1.json");
        return app;
    }
}
