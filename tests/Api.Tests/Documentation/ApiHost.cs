using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Hosting;

namespace OrleansChat.Api.Tests.Documentation;

/// <summary>An API node over real Kestrel that never finds a silo: enough to ask what it is.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    private WebApplication app = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>Everything that is mapped.</summary>
    public IEnumerable<RouteEndpoint> Endpoints =>
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Method and path of everything that is mapped, but for the document itself.</summary>
    public IReadOnlyList<string> Routes =>
    [
        .. Endpoints
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(
                method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}") ?? [])
            .Where(route => !route.StartsWith("GET /openapi/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Authentication:Keys"] = "false";
        builder.Services.AddSingleton(DispatchProxy.Create<IClusterClient, Absent>());
        builder.Services.AddSingleton(DispatchProxy.Create<IGrainFactory, Absent>());
        builder.AddApi();
        app = builder.Build();
        app.MapApi();
        await app.StartAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();
}

/// <summary>Something that is not there.</summary>
public class Absent : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new NotSupportedException("There is no silo here.");
}
