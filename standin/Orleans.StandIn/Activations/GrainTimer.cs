using Microsoft.Extensions.Logging;
using Orleans.StandIn.Calls;

namespace Orleans.StandIn.Activations;

/// <summary>A grain's timer. Each tick is a request of the activation; the next is due once it has ended.</summary>
internal sealed partial class GrainTimer : IGrainTimer
{
    private readonly Activation activation;
    private readonly Func<CancellationToken, Task> callback;
    private readonly GrainTimerCreationOptions options;
    private readonly ILogger logger;
    private readonly CancellationTokenSource disposed = new();
    private readonly Lock gate = new();
    private readonly Timer timer;
    private TimeSpan next;
    private TimeSpan period;
    private bool ticking;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, ILogger logger)
    {
        this.activation = activation;
        this.callback = callback;
        this.options = options;
        this.logger = logger;
        using (WithoutFlow.Enter())
        {
            timer = new Timer(static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            next = dueTime;
            this.period = period;
            if (!ticking)
            {
                Schedule();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            timer.Dispose();
        }

        disposed.Cancel();
        activation.RemoveTimer(this);
    }

    private void Fire()
    {
        lock (gate)
        {
            ticking = true;
            next = period;
        }

        activation.TryReceive(new Tick(this));
    }

    private void Schedule()
    {
        if (!disposed.IsCancellationRequested)
        {
            timer.Change(next, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task TickAsync()
    {
        try
        {
            await callback(disposed.Token);
        }
        catch (Exception e)
        {
            LogCallbackFailed(logger, e, activation.GrainId);
        }

        lock (gate)
        {
            ticking = false;
            Schedule();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Caught and ignored exception thrown from a timer's callback of {Grain}")]
    private static partial void LogCallbackFailed(ILogger logger, Exception exception, GrainId grain);

    private sealed class Tick(GrainTimer timer) : Request
    {
        public override bool IsAlwaysInterleave => timer.options.Interleave;

        public override bool KeepsAlive => timer.options.KeepAlive;

        public override bool IsLocalOnly => true;

        public override bool IsAbandoned => timer.disposed.IsCancellationRequested;

        public override Task RunAsync(Activation activation) => timer.TickAsync();

        public override void Reject(Exception exception)
        {
            // A tick has no caller to tell.
        }
    }
}
