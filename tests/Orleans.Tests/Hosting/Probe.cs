using System.Collections.Concurrent;
using System.Threading.Channels;

namespace OrleansChat.ActorTests.Hosting;

/// <summary>
/// Lets a test see what grains do, and hold them. Silo and test share the process, so a name is enough to meet; tests do not
/// share names.
/// </summary>
internal sealed class Probe
{
    /// <summary>Longer than anything here takes on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ConcurrentDictionary<string, Probe> Probes = [];

    private readonly Channel<string> entries = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> gates = [];

    /// <summary>Objects that a grain has put aside for the test to look at.</summary>
    public ConcurrentQueue<object> Kept { get; } = [];

    public static Probe Of(string name) => Probes.GetOrAdd(name, _ => new Probe());

    public void Tell(string entry) => entries.Writer.TryWrite(entry);

    public Task PassAsync(string gate) => Gate(gate).Task;

    public void Open(string gate) => Gate(gate).TrySetResult();

    /// <summary>Waits for what grains tell next.</summary>
    public async Task SeesAsync(params string[] expected)
    {
        foreach (var entry in expected)
        {
            Assert.Equal(entry, await NextAsync());
        }
    }

    public async Task<string> NextAsync() => await entries.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>What grains have told and nobody has read.</summary>
    public string[] Rest()
    {
        var rest = new List<string>();
        while (entries.Reader.TryRead(out var entry))
        {
            rest.Add(entry);
        }

        return [.. rest];
    }

    private TaskCompletionSource Gate(string name) =>
        gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
