using System.Runtime.InteropServices;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>
/// Lets a thread go before those of the clients that share its core: a model that is late because the clients are busy measures them, and
/// its run does not count. <see cref="Thread.Priority"/> does nothing on Linux.
/// </summary>
internal static partial class ThreadPrecedence
{
    // sched.h
    private const int RoundRobin = 2;
    private const int Lowest = 1;

    // The threads that this one starts, such as those of the pool, wait their turn.
    private const int ResetOnFork = 0x40000000;

    /// <summary>Puts the current thread before all that have no deadline. Where the system refuses, as it does to all but root, it waits its turn as before.</summary>
    public static void Take() => _ = SetScheduler(0, RoundRobin | ResetOnFork, Lowest);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
