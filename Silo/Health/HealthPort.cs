using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansChat.Health;

/// <summary>
/// A port that accepts connections, and closes them, from when the silo has joined its cluster until it begins to leave. The silo's
/// own ports do not tell: they are bound before it joins and stay so until it is gone.
/// </summary>
internal sealed partial class HealthPort(IOptions<HealthPortOptions> options, ILogger<HealthPort> logger) : IHostedService, IDisposable
{
    private readonly TcpListener listener = TcpListener.Create(options.Value.Port);
    private readonly CancellationTokenSource stopping = new();
    private Task accepting = Task.CompletedTask;

    /// <summary>Opens the port. Hosted services start in turn, so what was added before, the silo, has joined.</summary>
    /// <exception cref="InvalidOperationException">It cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new InvalidOperationException($"Port {options.Value.Port}, which Health:Port names, cannot be opened: {e.Message}.", e);
        }

        accepting = AcceptAsync();
        return Task.CompletedTask;
    }

    /// <summary>Closes the port. Hosted services stop in the opposite order: this one first.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await accepting;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                // That it is accepted is the answer.
                (await listener.AcceptSocketAsync(stopping.Token)).Dispose();
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            LogBroken(logger, e);
        }
        finally
        {
            listener.Stop();
        }
    }

    [LoggerMessage(LogLevel.Error, "The health port is closed: it cannot accept connections. Whoever watches it takes this silo for dead.")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
