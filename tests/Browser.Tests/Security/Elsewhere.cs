using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Browser.Tests.Security;

/// <summary>A page of somebody else, on this machine at another port: by the name <c>localhost</c> it is another site, by its number another origin of the same site.</summary>
internal sealed class Elsewhere : IAsyncDisposable
{
    private readonly WebApplication host;

    private Elsewhere(WebApplication host) => this.host = host;

    /// <summary>Its port.</summary>
    public int Port => new Uri(host.Urls.Single()).Port;

    /// <summary>Starts it.</summary>
    public static async Task<Elsewhere> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!doctype html><title>Elsewhere</title>");
        });
        await app.StartAsync();
        return new Elsewhere(app);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => host.DisposeAsync();
}
