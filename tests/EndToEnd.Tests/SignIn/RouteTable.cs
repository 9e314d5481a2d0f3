using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Hosting;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>The routes that the product maps, as its own endpoint table has them.</summary>
internal static class RouteTable
{
    /// <summary>Method and template of each: <c>GET /conversations/{id}</c>.</summary>
    public static IReadOnlyList<string> Read()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(DispatchProxy.Create<IGrainFactory, Absent>());
        builder.Services.AddSingleton(DispatchProxy.Create<IClusterClient, Absent>());
        builder.AddApi();
        var app = builder.Build();
        app.MapApi();
        return
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])
                    .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
                .Order(StringComparer.Ordinal),
        ];
    }
}

/// <summary>Something that is not there: nothing here is ever started.</summary>
public class Absent : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
}
