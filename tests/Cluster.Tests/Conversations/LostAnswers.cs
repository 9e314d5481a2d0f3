using System.Collections.Concurrent;
using System.Reflection;
using OrleansChat.Journal;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>A store that answers no question the first time, and is another store but for that: to whoever asks, a silo that was killed.</summary>
public class LostAnswers : DispatchProxy
{
    private readonly ConcurrentDictionary<string, int> asked = new();
    private readonly ConcurrentQueue<TaskCompletionSource> held = new();
    private IConversationStore store = null!;

    /// <summary>How often what was asked.</summary>
    public IReadOnlyDictionary<string, int> Asked => asked;

    /// <summary>Puts itself before a store.</summary>
    public static IConversationStore Before(IConversationStore store, out LostAnswers lost)
    {
        var proxy = Create<IConversationStore, LostAnswers>();
        lost = (LostAnswers)(object)proxy;
        lost.store = store;
        return proxy;
    }

    /// <summary>Lets go of what it has not answered, for which a silo would wait when it stops.</summary>
    public void Release()
    {
        while (held.TryDequeue(out var waiting))
        {
            waiting.TrySetCanceled();
        }
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var isLost = targetMethod!.Name is nameof(IConversationStore.ListAsync) or nameof(IConversationStore.ListNewerAsync)
            or nameof(IConversationStore.SearchAsync) or nameof(IConversationStore.ReadUsageAsync)
            && asked.AddOrUpdate(targetMethod.Name, 1, (_, times) => times + 1) == 1;
        return isLost
            ? GetType().BaseType!.GetMethod(nameof(LoseAsync), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments).Invoke(this, null)
            : targetMethod.Invoke(store, args);
    }

    private async Task<T> LoseAsync<T>()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        held.Enqueue(waiting);
        await waiting.Task;
        return default!;
    }
}
