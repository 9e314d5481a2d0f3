using System.Text.Json;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects;
using OrleansChat.Documentation;
using OrleansChat.Edge;
using OrleansChat.Edge.Connections;
using OrleansChat.Edge.Headers;
using OrleansChat.Errors;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Health;
using OrleansChat.Keys;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.OwnerFeeds;
using OrleansChat.Owners;
using OrleansChat.Requests;
using OrleansChat.Streaming;
using OrleansChat.Telemetry;
using OrleansChat.Transfer;
using OrleansChat.Usage;

namespace OrleansChat.Hosting;

/// <summary>What makes a web application an API node. Where its silos are is for the host to say.</summary>
public static class ApiHosting
{
    /// <summary>Adds the API's services.</summary>
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddEdge();
        LoopbackListeners.AddTo(builder.Services);

        // Everything that goes wrong in a request is logged where it is answered; what reaches Kestrel beyond that is a stream
        // that is cut off on purpose.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);

        // It tells each request with its query, and in queries can be what somebody says, and tickets. Who names it gets it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        if (builder.Configuration.HasTelemetry())
        {
            RequestTracing.Describe();
        }

        builder.AddSignIn();
        builder.Services.AddProblemDetails();
        builder.Services.AddApiDocument();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new Rfc3339Converter());
            json.SerializerOptions.Encoder = ReadableEncoder.Instance;
        });
        builder.Services.AddLimiting();
        builder.Services.AddDialects();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(NodeId.New());
        builder.Services.AddSingleton<FeedNumbers>();
        builder.Services.AddSingleton<ConversationLookup>();
        builder.Services.AddSingleton<ConversationFeeds>();
        builder.Services.AddSingleton<TurnResults>();
        builder.Services.AddSingleton<RequestAttempts>();
        builder.Services.AddSingleton<SingleTurn>();
        builder.Services.AddSingleton<WholeReply>();
        builder.Services.AddSingleton<ISiloDepartures>(services => services.GetRequiredService<ConversationFeeds>());
        builder.Services.AddSingleton<OwnerFeedRegistry>();
        builder.Services.AddSingleton<ISiloDepartures>(services => services.GetRequiredService<OwnerFeedRegistry>());
        builder.Services.AddSingleton<Func<ConversationKey, IConversationGrain>>(services =>
            key => services.GetRequiredService<IGrainFactory>().GetGrain<IConversationGrain>(key.ToString()));
        builder.Services.AddSingleton<Func<OwnerId, IOwnerFeedGrain>>(services =>
            owner => services.GetRequiredService<IGrainFactory>().GetGrain<IOwnerFeedGrain>(owner.Value));
        builder.Services.AddSingleton<ImportSlots>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<DeliverySubscription>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DeliverySubscription>());
        builder.Services.AddSingleton<Func<SiloId, ISiloWatchesGrain>>(services =>
            silo => services.GetRequiredService<IGrainFactory>().GetGrain<ISiloWatchesGrain>(silo.Value));
        builder.Services.AddSingleton<FeedComparisons>();
        builder.Services.AddHostedService<FeedWatchdog>();
        builder.Services.AddHostedService<StartReport>();
        return builder;
    }

    /// <summary>Maps the API, and the page that uses it.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        Limits.Use(app.Services.GetRequiredService<IOptions<LimitOptions>>().Value);
        if (app.Configuration.HasTelemetry())
        {
            app.UseRequestTracing();
        }

        // Once for all: a registration of each reader would be a good part of what an idle one costs.
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ConversationFeeds>().WakeAll);

        app.UseEdge();
        app.UseErrorHandling();
        app.UseFormattedStatusCodes();
        app.UseLoopbackHosts();
        app.UsePassedOnRequests();
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = static file => SecurityHeaders.AllowPage(file.Context.Response) });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCountedConnections();
        app.UseOwnerLimits();
        app.MapSession();
        app.MapTickets();
        app.MapKeys();
        app.MapConversations();
        app.MapOwnerFeed();
        app.MapModels();
        app.MapUsage();
        app.MapDialects();
        app.MapHealth();
        app.MapApiDocument();
        return app;
    }
}
