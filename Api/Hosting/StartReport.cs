using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrleansChat.Health;
using OrleansChat.Models;

namespace OrleansChat.Hosting;

/// <summary>Says at the start, in one line, what runs where, and with which model.</summary>
internal sealed partial class StartReport(
    IServer server,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    ILogger<StartReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _ = ReportAsync());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ReportAsync()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        try
        {
            var models = await grains.GetGrain<IModelsGrain>(0).List();
            LogStarted(logger, string.Join(", ", addresses), models[0].Id, ActorRuntime.Name);
        }
        catch (Exception e)
        {
            LogNoSilo(logger, e, string.Join(", ", addresses));
        }
    }

    [LoggerMessage(LogLevel.Information, "OrleansChat is ready at {Addresses}, replies with model {Model}, and runs on {Runtime}.")]
    private static partial void LogStarted(ILogger logger, string addresses, string model, string runtime);

    [LoggerMessage(LogLevel.Warning, "OrleansChat listens at {Addresses}, but no silo answers yet.")]
    private static partial void LogNoSilo(ILogger logger, Exception exception, string addresses);
}
