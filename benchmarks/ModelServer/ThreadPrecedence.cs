using System.Runtime.InteropServices;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>
/// Lets a thread go before those of the clients that share its core: a model that is late because the clients are busy measures them, and
/// its run does not count. <see cref="Thread.Priority"/> does nothing on Linux.
/// </summary>
internal static partial class ThreadPrecedence
{
    // sys/resource.h: of the thread that asks, which is what Linux takes for a process here.
    private const int Process = 0;
    private const int Niceness = -10;

    /// <summary>Puts the current thread first. Where the system refuses, as it does to all but root, it waits its turn as before.</summary>
    public static void Take() => _ = SetPriority(Process, 0, Niceness);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
