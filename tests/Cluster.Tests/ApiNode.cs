using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansChat.Cluster.Tests.Delivery;
using OrleansChat.Hosting;
using OrleansChat.Testing.Product;

namespace OrleansChat.Cluster.Tests;

/// <summary>An API node of its own: real Kestrel, an Orleans client, no silo.</summary>
internal sealed class ApiNode : IAsyncDisposable
{
    private readonly WebApplication app;

    private ApiNode(WebApplication started)
    {
        app = started;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Api = new ChatApi(new Uri(address));
    }

    /// <summary>A client of it.</summary>
    public ChatApi Api { get; }

    public static async Task<ApiNode> StartAsync(string clusterId, string serviceId, IPEndPoint gateway, StreamFaults faults)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // These silos have no keys, and not even a store for them.
        builder.Configuration["Authentication:Keys"] = "false";
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(gateway);
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, serviceId));
            client.AddFaultyDelivery(faults);
        });
        builder.AddApi();
        var started = builder.Build();
        started.MapApi();
        await started.StartAsync();
        var node = new ApiNode(started);
        await node.Api.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await app.DisposeAsync();
    }
}
