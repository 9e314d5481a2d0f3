namespace OrleansChat.Attempts;

/// <summary>The attempts at one request, oldest first. Decides which of them a request repeats.</summary>
internal sealed class AttemptHistory
{
    /// <summary>For how long an attempt is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    // A client that sends the same request thousands of times is no client that repeats one.
    private const int MaxAttempts = 256;

    private readonly List<Attempt> attempts = [];

    /// <summary>Adds one.</summary>
    public void Add(Attempt attempt)
    {
        attempts.Insert(attempts.FindLastIndex(other => other.At <= attempt.At) + 1, attempt);
        if (attempts.Count > MaxAttempts)
        {
            attempts.RemoveAt(0);
        }
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => attempts.Count == 0;

    /// <summary>Removes the one with a name.</summary>
    public void Remove(string name) => attempts.RemoveAll(attempt => attempt.Name == name);

    /// <summary>The one with a name; null where it is forgotten.</summary>
    public Attempt? Named(string name) => attempts.FindLast(attempt => attempt.Name == name);

    /// <summary>The one that a call was made for; null where it is new, or forgotten.</summary>
    public Attempt? CalledBy(string call) => attempts.FindLast(attempt => attempt.HasBeenCalled(call));

    /// <summary>Whether a hasty client waits for an answer, which may just have been lost.</summary>
    public bool HasOpen => attempts.Exists(attempt => attempt.IsOpen);

    /// <summary>
    /// The attempt that a request repeats; null where it is a new one. A counted repetition repeats the newest that no other of the
    /// same count has repeated; one that is not counted repeats the newest whose answer was lost.
    /// </summary>
    /// <param name="retry">Which repetition it is, 0 for none; null where the client does not count.</param>
    /// <param name="now">The time.</param>
    public Attempt? RepeatedBy(int? retry, DateTimeOffset now)
    {
        attempts.RemoveAll(attempt => now - attempt.At > Memory);
        return retry switch
        {
            0 => null,
            { } count => attempts.FindLast(attempt => !attempt.HasBeenRepeated(count)),
            null => attempts.FindLast(attempt => attempt.LostUntil >= now),
        };
    }
}
