using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace OrleansChat.Benchmarks.Measuring;

/// <summary>
/// Has another .NET process of this machine collect its garbage. What it holds is then seen without what it has left lying, which it would
/// have come to in its own time.
/// </summary>
internal static class GarbageCollection
{
    // To listen with this keyword is to ask the runtime for a full collection.
    // https://learn.microsoft.com/dotnet/framework/performance/garbage-collection-etw-events
    private const long CollectKeyword = 0x800000;
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    // What one collection finalizes the next one frees; and a region of memory that has become free goes back to the system when
    // twenty collections have found it so.
    private const int Times = 25;

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    /// <summary>Collects, and waits until memory has gone back to the system. Takes six to ten seconds.</summary>
    /// <param name="process">The process's id.</param>
    /// <exception cref="DiagnosticsClientException">The process does not run, or is none of .NET.</exception>
    public static async Task RunAsync(int process)
    {
        var client = new DiagnosticsClient(process);
        for (var i = 0; i < Times; i++)
        {
            using var session = await client.StartEventPipeSessionAsync(
                [new EventPipeProvider(Runtime, EventLevel.Informational, CollectKeyword)], requestRundown: false, circularBufferMB: 16, CancellationToken.None);
            var drained = session.EventStream.CopyToAsync(Stream.Null);
            await Task.Delay(Settling);
            await session.StopAsync(CancellationToken.None);
            await drained;
        }
    }
}
