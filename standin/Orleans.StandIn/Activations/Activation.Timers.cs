namespace Orleans.StandIn.Activations;

/// <content>Its timers.</content>
internal sealed partial class Activation
{
    private readonly HashSet<GrainTimer> timers = [];

    public GrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (Current != this)
        {
            throw new InvalidOperationException("A grain registers its timers on its own scheduler, so not within Task.Run.");
        }

        var timer = new GrainTimer(this, callback, options, Silo.Logger);
        lock (gate)
        {
            timers.Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    private void DisposeTimers()
    {
        GrainTimer[] all;
        lock (gate)
        {
            all = [.. timers];
        }

        foreach (var timer in all)
        {
            timer.Dispose();
        }
    }
}
