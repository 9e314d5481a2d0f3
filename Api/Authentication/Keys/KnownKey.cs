using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>What this node knows of a key, and since when; of one that there is not, that.</summary>
internal sealed class KnownKey(string id, TimeProvider clock)
{
    private readonly Lock gate = new();
    private volatile Answer? answer;
    private Task? asking;
    private int streams;

    /// <summary>The key's id.</summary>
    public string Id => id;

    /// <summary>The key; null where there is none.</summary>
    public ApiKey? Key => answer?.Key;

    /// <summary>Whether it works now, for all that is known.</summary>
    public bool IsGood => Key?.IsGood(clock.GetUtcNow()) == true;

    /// <summary>Whether streams are open that it let in.</summary>
    public bool HasStreams => Volatile.Read(ref streams) > 0;

    /// <summary>For how long nothing has been heard of it.</summary>
    public TimeSpan Age => answer is { } last ? clock.GetElapsedTime(last.At) : TimeSpan.MaxValue;

    /// <summary>When its use was last told to the store; for <see cref="KnownKeys"/>.</summary>
    public long? UseToldAt { get; set; }

    /// <summary>A stream is open that it let in.</summary>
    public void StreamOpened() => Interlocked.Increment(ref streams);

    /// <summary>Such a stream has ended.</summary>
    public void StreamClosed() => Interlocked.Decrement(ref streams);

    /// <summary>Hears what there is of it now. Those who ask at the same time ask once.</summary>
    public Task AskAsync(Func<string, Task<ApiKey?>> find)
    {
        lock (gate)
        {
            return asking is { IsCompleted: false } ? asking : asking = AskOnceAsync(find);
        }
    }

    /// <summary>Hears what there is of it from now on, which the answer to a question that is under way may not say.</summary>
    public Task AskAnewAsync(Func<string, Task<ApiKey?>> find)
    {
        lock (gate)
        {
            return asking = asking is { IsCompleted: false } earlier ? AskAfterAsync(earlier, find) : AskOnceAsync(find);
        }
    }

    private async Task AskAfterAsync(Task earlier, Func<string, Task<ApiKey?>> find)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await AskOnceAsync(find);
    }

    private async Task AskOnceAsync(Func<string, Task<ApiKey?>> find)
    {
        // As it was when it was asked for: what changes meanwhile may not be in the answer.
        var start = clock.GetTimestamp();
        answer = new Answer(await find(id), start);
    }

    private sealed record Answer(ApiKey? Key, long At);
}
