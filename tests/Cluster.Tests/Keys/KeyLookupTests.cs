using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Keys;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Keys;

/// <summary>Many whom a node does not know yet come at once, as when it has just started.</summary>
public class KeyLookupTests
{
    // More than a silo has processors in any test.
    private const int AtOnce = 200;

    [Fact]
    public async Task None_waits_until_another_is_found()
    {
        var store = DispatchProxy.Create<IKeyStore, Gathering>();
        await using var cluster = await ChatCluster.StartAsync(configure: silo => silo.Services.AddSingleton(store));
        var keys = cluster.Silos.GrainFactory.GetGrain<IKeysGrain>(0);

        // The store answers once all have come to it.
        var found = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => keys.Find($"key{i}")));

        try
        {
            Assert.All(await found.WaitAsync(TestLimits.Signal), Assert.Null);
        }
        finally
        {
            ((Gathering)(object)store).Answer();
        }
    }

    /// <summary>A store that answers when enough have asked.</summary>
    public class Gathering : DispatchProxy
    {
        private readonly TaskCompletionSource<ApiKey?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int asked;

        /// <summary>Answers all who have asked.</summary>
        public void Answer() => answer.TrySetResult(null);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(nameof(IKeyStore.FindAsync), targetMethod!.Name);
            if (Interlocked.Increment(ref asked) == AtOnce)
            {
                Answer();
            }

            return answer.Task;
        }
    }
}
