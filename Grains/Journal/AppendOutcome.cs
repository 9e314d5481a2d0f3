namespace OrleansChat.Journal;

/// <summary>What came of a <see cref="JournalAppend"/>.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>The events are durable.</summary>
    public sealed record Committed : AppendOutcome
    {
        /// <summary>The one instance needed.</summary>
        public static readonly Committed Instance = new();
    }

    /// <summary>The journal ends elsewhere: another activation writes it, or it was deleted. Nothing was appended.</summary>
    /// <param name="Head">The journal's head; 0 when there is no journal.</param>
    public sealed record Fenced(long Head) : AppendOutcome;

    /// <summary>
    /// The medium failed, and may not have told whether it had appended. The same <see cref="JournalAppend"/> can be tried again, which
    /// finds out: it happens once at most.
    /// </summary>
    /// <param name="Cause">What the medium said.</param>
    public sealed record Failed(Exception Cause) : AppendOutcome;
}
