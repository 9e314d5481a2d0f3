using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansChat.Telemetry;

namespace OrleansChat.Hosting;

/// <summary>
/// Telemetry by OTLP, switched on and set up by OpenTelemetry's own environment variables
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). Without <see cref="Endpoint"/> none of it exists.
/// </summary>
public static class TelemetryHosting
{
    /// <summary>Where telemetry goes. It is off where this is not set.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Disabled = "OTEL_SDK_DISABLED";

    /// <summary>Exports the process's metrics and traces, if it is told where to. Before all that is to be seen starting and stopping.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">What the process is: <c>service.name</c>, unless the environment says otherwise.</param>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration.HasTelemetry())
        {
            var configuration = builder.Configuration;
            builder.Services.AddHostedService(services =>
                new TelemetryExport(service, configuration, services.GetRequiredService<ILogger<TelemetryExport>>()));
        }

        return builder;
    }

    /// <summary>Has traces go through calls of grains. Every call pays for it, so only where they go anywhere.</summary>
    internal static ISiloBuilder AddTracing(this ISiloBuilder silo, IConfiguration configuration) =>
        configuration.HasTelemetry() ? silo.AddActivityPropagation() : silo;

    /// <inheritdoc cref="AddTracing(ISiloBuilder, IConfiguration)"/>
    internal static IClientBuilder AddTracing(this IClientBuilder client, IConfiguration configuration) =>
        configuration.HasTelemetry() ? client.AddActivityPropagation() : client;

    /// <summary>Whether telemetry is on.</summary>
    internal static bool HasTelemetry(this IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[Endpoint])
        && !string.Equals(configuration[Disabled], "true", StringComparison.OrdinalIgnoreCase);
}
