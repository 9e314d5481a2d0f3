using System.Collections.Immutable;
using System.Reflection;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>A store that has a test hold its appends at a certain event, and is another store but for that.</summary>
public class HeldAppends : DispatchProxy
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConversationStore store = null!;
    private Predicate<ConversationEvent> isHeld = null!;

    /// <summary>Done when an append with such an event has come.</summary>
    public Task Reached => reached.Task.WaitAsync(TestLimits.Signal);

    /// <summary>Puts itself before a store.</summary>
    public static IConversationStore Before(IConversationStore store, Predicate<ConversationEvent> isHeld, out HeldAppends held)
    {
        var proxy = Create<IConversationStore, HeldAppends>();
        held = (HeldAppends)(object)proxy;
        (held.store, held.isHeld) = (store, isHeld);
        return proxy;
    }

    /// <summary>Lets it go on, and all that come after it.</summary>
    public void Release() => released.TrySetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IConversationStore.AppendAsync)
        ? AppendAsync((IReadOnlyList<JournalAppend>)args![0]!, (CancellationToken)args[1]!)
        : targetMethod.Invoke(store, args);

    private async Task<ImmutableArray<AppendOutcome>> AppendAsync(IReadOnlyList<JournalAppend> appends, CancellationToken cancellationToken)
    {
        if (appends.Any(append => append.Events.Any(isHeld.Invoke)))
        {
            reached.TrySetResult();
            await released.Task.WaitAsync(cancellationToken);
        }

        return await store.AppendAsync(appends, cancellationToken);
    }
}
