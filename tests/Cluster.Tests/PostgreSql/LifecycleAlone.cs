namespace OrleansChat.Cluster.Tests.PostgreSql;

/// <summary>Starts one part of a silo without the silo.</summary>
internal static class LifecycleAlone
{
    /// <summary>Runs what the part does when its silo starts.</summary>
    public static async Task StartAloneAsync(this ILifecycleParticipant<ISiloLifecycle> part)
    {
        var lifecycle = new Lifecycle();
        part.Participate(lifecycle);
        foreach (var observer in lifecycle.Observers)
        {
            await observer.OnStart(CancellationToken.None);
        }
    }

    private sealed class Lifecycle : ISiloLifecycle
    {
        public List<ILifecycleObserver> Observers { get; } = [];

        public int HighestCompletedStage => int.MinValue;

        public int LowestStoppedStage => int.MaxValue;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            Observers.Add(observer);
            return new Subscription();
        }

        private sealed class Subscription : IDisposable
        {
            public void Dispose()
            {
                // Nothing is ever stopped.
            }
        }
    }
}
