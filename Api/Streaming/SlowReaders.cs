namespace OrleansChat.Streaming;

/// <summary>Tells clients who take what they get from those who keep others' memory waiting.</summary>
internal static class SlowReaders
{
    // Longer than any network takes that is merely far away, short enough that nobody gathers pages in memory by not reading.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether a flush is done soon. Where it is not, the caller lets go of what is large before he waits for it.</summary>
    public static async Task<bool> KeepsUpAsync(Task flush) => flush.IsCompleted || await Task.WhenAny(flush, Task.Delay(Patience)) == flush;
}
