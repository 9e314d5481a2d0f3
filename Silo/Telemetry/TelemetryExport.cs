using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansChat.Hosting;

namespace OrleansChat.Telemetry;

/// <summary>Exports the process's metrics and traces from its start to its end.</summary>
internal sealed partial class TelemetryExport(string service, IConfiguration configuration, ILogger<TelemetryExport> logger) : IHostedService, IDisposable
{
    // Orleans takes every grain whose namespace begins with its name for one of its own, so ours are of its runtime's source. Npgsql's
    // is left out: a commit belongs to many replies at once, and would be a trace of its own.
    private static readonly string[] Sources =
    [
        ChatTelemetry.Name, "Microsoft.AspNetCore", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Microsoft.Orleans.Lifecycle",
        "System.Net.Http",
    ];

    private static readonly string[] Meters =
    [
        ChatTelemetry.Name, "Microsoft.Orleans", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http", "System.Runtime",
    ];

    // A collector that is away must not hold up a process that stops.
    private static readonly TimeSpan LastExport = TimeSpan.FromSeconds(3);

    private TracerProvider? traces;
    private MeterProvider? metrics;
    private IDisposable? redaction;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        redaction = ExceptionRedaction.Start(Sources);
        var instance = $"{Environment.MachineName}-{Guid.CreateVersion7():n}";
        traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, instance))
            .SetSampler(RequestSampler.From(configuration))
            .AddSource(Sources)
            .AddOtlpExporter()
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, instance))
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build();
        LogOn(logger, configuration[TelemetryHosting.Endpoint], service, instance);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces?.Shutdown((int)LastExport.TotalMilliseconds), CancellationToken.None),
        Task.Run(() => metrics?.Shutdown((int)LastExport.TotalMilliseconds), CancellationToken.None));

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
        redaction?.Dispose();
    }

    // The environment has the last word: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
    private void Describe(ResourceBuilder resource, string instance) => resource
        .Clear()
        .AddService(service, serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3), serviceInstanceId: instance)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    [LoggerMessage(LogLevel.Information, "Telemetry goes to {Endpoint}, from {Service} {Instance}.")]
    private static partial void LogOn(ILogger logger, string? endpoint, string service, string instance);
}
