using Microsoft.Diagnostics.Runtime;

namespace OrleansChat.Benchmarks.Measuring;

/// <summary>The managed heap of another .NET process of this machine.</summary>
internal static class ManagedHeap
{
    /// <summary>
    /// How many bytes between its objects are free. Right after a collection that is what the next objects go into; the runtime does not give it
    /// back where something next to it is still used and may not be moved, as among the buffers of connections.
    /// </summary>
    /// <param name="process">The process's id. It goes on meanwhile, and should have nothing to do: what it changes makes the figure a little wrong.</param>
    /// <exception cref="ClrDiagnosticsException">The process does not run, is none of .NET, or may not be looked at.</exception>
    public static long FreeBytes(int process)
    {
        using var target = DataTarget.AttachToProcess(process, suspend: false);
        using var runtime = target.ClrVersions[0].CreateRuntime();
        return runtime.Heap.EnumerateObjects().Where(found => found.IsFree).Sum(found => (long)found.Size);
    }
}
