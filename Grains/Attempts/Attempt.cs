namespace OrleansChat.Attempts;

/// <summary>A request that was made, and its repetitions.</summary>
/// <param name="name">The name that all of them have.</param>
/// <param name="at">When it was made, or last repeated (UTC).</param>
internal sealed class Attempt(string name, DateTimeOffset at)
{
    // Only those calls are repeated that have just been made.
    private const int MaxCalls = 8;

    private readonly HashSet<int> retries = [];
    private readonly Queue<string> calls = new();
    private DateTimeOffset? deadline;

    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>When it was made, or last repeated (UTC).</summary>
    public DateTimeOffset At { get; private set; } = at;

    /// <summary>Until when a repetition that does not count is taken for one; null where the answer has arrived, or is on its way.</summary>
    public DateTimeOffset? LostUntil { get; private set; }

    /// <summary>Whether a hasty client waits for the answer, as far as is known.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether this repetition has come: 1 for the first.</summary>
    public bool HasBeenRepeated(int retry) => retries.Contains(retry);

    /// <summary>Whether this call was made for it.</summary>
    public bool HasBeenCalled(string call) => calls.Contains(call);

    /// <summary>Notes that its answer was lost.</summary>
    /// <param name="until">Until when a repetition is waited for.</param>
    /// <param name="isReplay">Whether this was the answer of before once more. Then it stays at what was said before.</param>
    public void Lose(DateTimeOffset until, bool isReplay)
    {
        deadline = isReplay ? deadline ?? until : until;
        (LostUntil, IsOpen) = (deadline, false);
    }

    /// <summary>Notes that it is made, or made again.</summary>
    public void Make(string call, int? retry, DateTimeOffset now)
    {
        (At, LostUntil) = (now, null);
        if (retry is > 0)
        {
            retries.Add(retry.Value);
        }

        calls.Enqueue(call);
        if (calls.Count > MaxCalls)
        {
            calls.Dequeue();
        }
    }
}
