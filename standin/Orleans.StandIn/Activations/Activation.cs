using Microsoft.Extensions.DependencyInjection;
using Orleans.StandIn.Calls;
using Orleans.StandIn.Hosting;
using Orleans.StandIn.Streams;

namespace Orleans.StandIn.Activations;

/// <summary>
/// One activation of a grain. This file is which requests run when; <c>Activation.Lifetime.cs</c> is how it comes and lives,
/// <c>Activation.Leaving.cs</c> how it goes.
/// </summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock gate = new();
    private readonly List<Request> waiting = [];
    private readonly HashSet<Request> running = [];
    private readonly WakeUp wakeUp = new();
    private readonly AsyncServiceScope scope;
    private readonly TurnScheduler scheduler;
    private Request? blocking;

    public Activation(LocalSilo silo, GrainClass grainClass, GrainId id)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = id;
        scope = silo.Services.CreateAsyncScope();
        scheduler = new TurnScheduler(this);
    }

    /// <summary>The activation whose turn this code is part of; null outside of grains.</summary>
    public static Activation? Current => (TaskScheduler.Current as TurnScheduler)?.Activation;

    public LocalSilo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    /// <summary>The observers of its stream subscriptions.</summary>
    public StreamObservers Observers { get; } = new();

    public IServiceProvider ActivationServices => scope.ServiceProvider;

    /// <summary>How many requests it has.</summary>
    public int Load
    {
        get
        {
            lock (gate)
            {
                return running.Count + waiting.Count;
            }
        }
    }

    /// <summary>Queues a request; false when the activation is gone.</summary>
    public bool TryReceive(Request request)
    {
        lock (gate)
        {
            if (state == ActivationState.Invalid)
            {
                return false;
            }

            waiting.Add(request);
        }

        wakeUp.Signal();
        return true;
    }

    /// <summary>Runs something in a turn of this activation, whatever requests it runs.</summary>
    public void Post(Func<Task> work)
    {
        using (WithoutFlow.Enter())
        {
            _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, scheduler);
        }
    }

    private void StartRequests()
    {
        while (TakeNext() is { } request)
        {
            _ = RunAsync(request);
        }
    }

    private async Task RunAsync(Request request)
    {
        await request.RunAsync(this);
        lock (gate)
        {
            running.Remove(request);
            if (request.KeepsAlive)
            {
                lastUse = Environment.TickCount64;
            }

            if (blocking == request)
            {
                blocking = null;
            }
        }

        wakeUp.Signal();
    }

    // The first of those that wait which may start now, so those that cannot are overtaken by those that interleave.
    private Request? TakeNext()
    {
        lock (gate)
        {
            waiting.RemoveAll(request => request.IsAbandoned);
            var index = waiting.FindIndex(MayStart);
            if (index < 0)
            {
                return null;
            }

            var request = waiting[index];
            waiting.RemoveAt(index);
            running.Add(request);
            if (!request.IsAlwaysInterleave)
            {
                blocking ??= request;
            }

            return request;
        }
    }

    private bool MayStart(Request request)
    {
        if (state != ActivationState.Valid && !(state == ActivationState.Deactivating && request.IsLocalOnly))
        {
            return false;
        }

        return running.Count == 0
            || blocking is null
            || request.IsAlwaysInterleave
            || Class.IsReentrant
            || (request.IsReadOnly && blocking.IsReadOnly);
    }
}
