using System.Diagnostics;
using Orleans.StandIn.Activations;

namespace Orleans.StandIn.Calls;

/// <summary>A call of a grain's method.</summary>
internal sealed class GrainCall(GrainId target, GrainMethod method, object?[] arguments, Reply reply) : Request
{
    private static readonly ActivitySource Source = new("Microsoft.Orleans.Application");

    private readonly ActivityContext caller = Activity.Current?.Context ?? default;
    private CancellationTokenSource? cancellation;
    private CancellationTokenRegistration registration;
    private Timer? timeout;
    private TimeSpan limit;
    private Activation? runsOn;
    private volatile bool abandoned;

    public override bool IsAlwaysInterleave => method.IsAlwaysInterleave;

    public override bool IsReadOnly => method.IsReadOnly;

    public override bool IsAbandoned => abandoned;

    /// <summary>Bounds the caller's wait, and passes its cancellation on.</summary>
    public void Watch(TimeSpan limit, CancellationToken token)
    {
        this.limit = limit;
        if (limit != Timeout.InfiniteTimeSpan)
        {
            using (WithoutFlow.Enter())
            {
                timeout = new Timer(static call => ((GrainCall)call!).OnTimeout(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                timeout.Change(limit, Timeout.InfiniteTimeSpan);
            }
        }

        if (token.CanBeCanceled)
        {
            cancellation = new CancellationTokenSource();
            arguments[method.Token] = cancellation.Token;
            registration = token.UnsafeRegister(static (call, token) => ((GrainCall)call!).OnCancelled(token), this);
        }
    }

    public override async Task RunAsync(Activation activation)
    {
        // Either this sees that the caller left, or the caller who leaves sees where this runs.
        Interlocked.Exchange(ref runsOn, activation);
        if (abandoned)
        {
            return;
        }

        using var activity = Source.StartActivity(method.ActivityName, ActivityKind.Server, caller);
        try
        {
            await reply.FollowAsync(method.Invoke(activation.GrainInstance!, arguments));
        }
        catch (Exception e)
        {
            reply.TryFail(e);
        }
        finally
        {
            StopWatching();
        }
    }

    public override void Reject(Exception exception)
    {
        reply.TryFail(exception);
        StopWatching();
    }

    public override string ToString() => $"{method} of {target}";

    private void OnTimeout()
    {
        // A method that runs is left to run; one that has not started does not start.
        abandoned = true;
        reply.TryFail(new TimeoutException($"Response did not arrive on time in {limit} for message: {this}."));
        StopWatching();
    }

    private void OnCancelled(CancellationToken token)
    {
        // The caller does not wait for the method to notice.
        abandoned = true;
        Interlocked.MemoryBarrier();
        if (reply.TryFail(new OperationCanceledException(token)))
        {
            timeout?.Dispose();
            Volatile.Read(ref runsOn)?.Post(() =>
            {
                // In a turn of the grain, as the callbacks are the grain's code.
                cancellation!.Cancel();
                return Task.CompletedTask;
            });
        }
    }

    private void StopWatching()
    {
        timeout?.Dispose();
        registration.Unregister();
    }
}
