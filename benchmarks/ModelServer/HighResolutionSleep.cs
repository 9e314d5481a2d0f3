using System.Runtime.InteropServices;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary><see cref="Thread.Sleep(TimeSpan)"/> knows whole milliseconds only; the kernel knows better.</summary>
internal static partial class HighResolutionSleep
{
    public static void For(TimeSpan time)
    {
        var request = new TimeSpec { Seconds = (nint)(time.Ticks / TimeSpan.TicksPerSecond), Nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * 100) };
        _ = NanoSleep(in request, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NanoSleep(in TimeSpec request, nint remaining);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
