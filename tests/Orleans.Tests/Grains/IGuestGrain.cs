using Orleans.Concurrency;

namespace OrleansChat.ActorTests.Grains;

/// <summary>Comes and goes, and tells so. The last part of its key says how: see <see cref="Habits"/>.</summary>
[Alias("ActorTests.IGuestGrain")]
public interface IGuestGrain : IGrainWithStringKey
{
    /// <summary>How many activations there have been, this one included.</summary>
    [Alias("Visit")]
    Task<int> Visit();

    /// <summary>Does a piece of work, as <see cref="IWorkerGrain"/> does.</summary>
    [Alias("Work")]
    Task Work(string name);

    /// <summary>The same, whatever else runs.</summary>
    [Alias("Interleave"), AlwaysInterleave]
    Task Interleave(string name);

    /// <summary>Leaves when it is idle, and does a piece of work before that.</summary>
    [Alias("LeaveAfter")]
    Task LeaveAfter(string name);

    /// <summary>Tells a number; leaves with every tenth.</summary>
    [Alias("TellAndLeaveAtTimes")]
    Task TellAndLeaveAtTimes(int number);
}

/// <summary>Ways in which a guest comes and goes; a key ends with one.</summary>
public static class Habits
{
    /// <summary>The first activation fails.</summary>
    public const string FailsAtFirst = "fails-at-first";

    /// <summary>Waits for the gate "activate" when it comes.</summary>
    public const string ComesSlowly = "comes-slowly";

    /// <summary>Waits for the gate "deactivate" when it leaves.</summary>
    public const string LeavesSlowly = "leaves-slowly";

    /// <summary>Throws when it leaves.</summary>
    public const string LeavesBadly = "leaves-badly";

    /// <summary>Tells when it comes and why it leaves.</summary>
    public const string TellsReasons = "tells-reasons";
}
