namespace Orleans.StandIn.Activations;

/// <summary>Runs an activation's tasks one at a time, in the order in which they were queued. Their continuations come back to it.</summary>
/// <param name="activation">Whose tasks it runs.</param>
internal sealed class TurnScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    // Then other activations, and whatever else shares the thread pool, have their turns.
    private const int TurnsAtOnce = 64;

    private readonly Lock gate = new();
    private readonly Queue<Task> turns = new();
    private bool running;

    public Activation Activation => activation;

    public override int MaximumConcurrencyLevel => 1;

    void IThreadPoolWorkItem.Execute()
    {
        for (var i = 0; i < TurnsAtOnce; i++)
        {
            Task turn;
            lock (gate)
            {
                if (!turns.TryDequeue(out turn!))
                {
                    running = false;
                    return;
                }
            }

            TryExecuteTask(turn);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (gate)
        {
            turns.Enqueue(task);
            if (running)
            {
                return;
            }

            running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    // Inline only within a turn: there it is part of that turn, anywhere else it would be a second one at the same time.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (gate)
        {
            return [.. turns];
        }
    }
}
