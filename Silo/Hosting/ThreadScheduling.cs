using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace OrleansChat.Hosting;

/// <summary>
/// How Linux shares a core among this process's threads. By default a thread that wakes up takes the core from the one that runs: the
/// thread that polls the sockets does so at every packet, to find one event, hand it on and sleep again. Under <c>SCHED_BATCH</c> it
/// waits its turn, a few milliseconds at most, and finds many. At 15,000 deltas/s on one core that halves the context switches and
/// saves a fifth of the CPU time (benchmarks/where-the-cpu-goes.md).
/// </summary>
public static partial class ThreadScheduling
{
    /// <summary>The configuration's key: <c>Batch</c>, the default, or <c>Normal</c>.</summary>
    public const string Key = "Process:Scheduling";

    // sched.h
    private const int Batch = 3;

    /// <summary>Puts all threads of this process, and those to come, under the configured policy. Does nothing but on Linux.</summary>
    /// <exception cref="ValidationException">The configuration names no policy.</exception>
    public static IHostApplicationBuilder UseThreadScheduling(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var policy = builder.Configuration[Key] ?? nameof(Batch);
        var isBatch = string.Equals(policy, nameof(Batch), StringComparison.OrdinalIgnoreCase);
        if (!isBatch && !string.Equals(policy, "Normal", StringComparison.OrdinalIgnoreCase))
        {
            throw new ValidationException($"{Key} is '{policy}'; it must be Batch or Normal.");
        }

        if (isBatch && OperatingSystem.IsLinux())
        {
            SetBatch();
        }

        return builder;
    }

    // A thread inherits the policy of the one that starts it. Where the system refuses, everything works, at its price.
    private static void SetBatch()
    {
        var priority = 0;
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            _ = SetScheduler(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), Batch, in priority);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
