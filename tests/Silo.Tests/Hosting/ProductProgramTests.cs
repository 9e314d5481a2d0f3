using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansChat.Hosting;

namespace OrleansChat.Silo.Tests.Hosting;

/// <summary>What a program ends with that nobody had told to end.</summary>
public class ProductProgramTests
{
    [Fact]
    public async Task It_is_no_success_that_a_background_service_has_failed() =>
        Assert.Equal(70, await ProductProgram.RunAsync(() => HostOf(new Part((_, _) => throw new InvalidOperationException("It broke.")))));

    [Fact]
    public async Task It_is_one_that_the_host_was_told_to_stop() =>
        Assert.Equal(0, await ProductProgram.RunAsync(() => HostOf(new Part(async (lifetime, stopping) =>
        {
            lifetime.StopApplication();
            await Task.Delay(Timeout.Infinite, stopping);
        }))));

    private static IHost HostOf(Part part)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService(services =>
        {
            part.Lifetime = services.GetRequiredService<IHostApplicationLifetime>();
            return part;
        });
        return builder.Build();
    }

    // Works, once everything has started.
    private sealed class Part(Func<IHostApplicationLifetime, CancellationToken, Task> work) : BackgroundService
    {
        public IHostApplicationLifetime Lifetime { get; set; } = null!;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = Lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            await work(Lifetime, stoppingToken);
        }
    }
}
