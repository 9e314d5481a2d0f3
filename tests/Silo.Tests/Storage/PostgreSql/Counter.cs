namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Counts, and lets tests wait for a count.</summary>
internal sealed class Counter
{
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];

    public int Value { get; private set; }

    public void Increment()
    {
        lock (gate)
        {
            Value++;
            foreach (var (count, reached) in waiting)
            {
                if (count == Value)
                {
                    reached.SetResult();
                }
            }
        }
    }

    /// <summary>Returns when so many more have been counted.</summary>
    public Task GrowAsync(int by)
    {
        lock (gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((Value + by, reached));
            return reached.Task;
        }
    }
}
