using Orleans.StandIn.Calls;
using Orleans.StandIn.Hosting;

namespace Orleans.StandIn.Activations;

/// <summary>All activations of a silo.</summary>
internal sealed class Catalog(LocalSilo silo, GrainClasses classes)
{
    private readonly Dictionary<GrainId, List<Activation>> activations = [];
    private readonly Lock gate = new();
    private bool stopping;

    public IEnumerable<Activation> All
    {
        get
        {
            lock (gate)
            {
                return [.. activations.Values.SelectMany(each => each)];
            }
        }
    }

    /// <summary>Hands a request to the grain's activation, and makes one where there is none.</summary>
    public void Dispatch(GrainId target, Request request)
    {
        try
        {
            while (!Find(target).TryReceive(request))
            {
                // It left between the look and the call; it is not in the catalog any more.
            }
        }
        catch (SiloUnavailableException e)
        {
            request.Reject(e);
        }
    }

    public void Remove(Activation activation)
    {
        lock (gate)
        {
            var all = activations[activation.GrainId];
            all.Remove(activation);
            if (all.Count == 0)
            {
                activations.Remove(activation.GrainId);
            }
        }
    }

    /// <summary>Has all activations leave, and makes no new ones.</summary>
    /// <returns>The activations that had not left when the time was up.</returns>
    public async Task<Activation[]> StopAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            stopping = true;
        }

        var leaving = All.ToArray();
        foreach (var activation in leaving)
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating."), cancellationToken);
        }

        await Task.WhenAll(leaving.Select(activation => activation.Deactivated))
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. leaving.Where(activation => !activation.Deactivated.IsCompleted)];
    }

    private Activation Find(GrainId target)
    {
        lock (gate)
        {
            var grainClass = classes.Of(target);
            var found = activations.GetValueOrDefault(target);
            if (found is not null && (found.Count >= grainClass.MaxWorkers || found.Exists(each => each.Load == 0)))
            {
                return found.MinBy(each => each.Load)!;
            }

            if (stopping)
            {
                return found?[0] ?? throw new SiloUnavailableException("The silo is stopping.");
            }

            var fresh = new Activation(silo, grainClass, target);
            if (found is null)
            {
                activations[target] = found = [];
            }

            found.Add(fresh);
            fresh.Start();
            return fresh;
        }
    }
}
