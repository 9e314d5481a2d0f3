using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OrleansChat.Edge.Connections;
using OrleansChat.Edge.CrossOrigins;
using OrleansChat.Edge.Headers;
using OrleansChat.Requests;

namespace OrleansChat.Edge;

/// <summary>What stands between the network and the API.</summary>
internal static class EdgeHosting
{
    /// <summary>Adds limits of connections and times, and reads which websites are allowed.</summary>
    public static WebApplicationBuilder AddEdge(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EdgeLimitOptions>().BindConfiguration(EdgeLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ConnectionGate>();
        builder.Services.AddSingleton<BodyMemory>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>();
        builder.Services.AddSingleton<IConfigureOptions<SocketTransportOptions>, KestrelLimits>();
        builder.Services.AddCrossOrigins();
        builder.WebHost.UseSockets(ListenSockets.Configure);
        return builder;
    }

    /// <summary>Adds what concerns every request, before all else.</summary>
    public static IApplicationBuilder UseEdge(this IApplicationBuilder app) => app.UseSecurityHeaders().UseCrossOrigins().UseConnectionGate();
}
