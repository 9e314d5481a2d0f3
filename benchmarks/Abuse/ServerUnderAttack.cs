using System.Diagnostics;
using System.Globalization;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Testing;
using OrleansChat.Testing.Abuse;
using OrleansChat.Testing.Product;

namespace OrleansChat.Benchmarks.Abuse;

/// <summary>The product as a process on this machine, and what is found out about it.</summary>
internal sealed class ServerUnderAttack : IAsyncDisposable
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>How many MiB more may be in use afterwards: tables that found their size, code that was compiled on the way, heaps of the C library.</summary>
    public const double MostKept = 32;

    // Kestrel frees a twentieth of the buffers that nobody uses every ten seconds, and has freed nine tenths within eight minutes.
    private static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(8);

    private readonly TemporaryDirectory directory = new();
    private readonly List<string> notes = [];

    private ServerUnderAttack(ProductProcess product, TemporaryDirectory directory)
    {
        (Product, this.directory) = (product, directory);
        Raw = new RawHttp(product.Address);
    }

    /// <summary>The product.</summary>
    public ProductProcess Product { get; }

    /// <summary>A client that sends what it is told.</summary>
    public RawHttp Raw { get; }

    /// <summary>What came of it.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>What should not have come of it.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>How long new requests took while it was going on.</summary>
    public LatencyHistogram NewRequests { get; } = new();

    /// <summary>Resident memory in MiB: before and after, with the garbage collected, and at most during; and what of that afterwards was free for new objects.</summary>
    public (double Before, double During, double After, double Free) Memory { get; private set; }

    public static async Task<ServerUnderAttack> StartAsync(IEnumerable<(string Name, string Value)> settings)
    {
        var data = new TemporaryDirectory();
        return new ServerUnderAttack(await ProductProcess.StartAsync(data.Path, [("Models__demo__TokensPerSecond", "50"), .. ProgramProcess.LongRun, .. settings]), data);
    }

    /// <summary>Takes down something that came of it.</summary>
    public void Note(string note) => notes.Add(note);

    /// <summary>Takes down something that has to be so.</summary>
    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Failures.Add(otherwise);
        }
    }

    /// <summary>Warms the server up and then does something, while somebody else makes a new request every 50 ms, on a connection of its own each.</summary>
    /// <param name="abuse">The deed; done when it returns.</param>
    /// <param name="accepted">Which answers are good ones.</param>
    /// <param name="settle">How long the server has to come to rest.</param>
    public async Task WatchAsync(Func<Task> abuse, int[] accepted, TimeSpan settle)
    {
        await WarmUpAsync();
        await Task.Delay(settle);
        var (before, freeBefore) = await MemoryAsync();
        using var ending = new CancellationTokenSource();
        var most = before;
        var probing = ProbeAsync();
        await abuse();
        await ending.CancelAsync();
        await probing;
        await Task.Delay(settle);
        var rested = Resident();
        var resting = Stopwatch.StartNew();
        var (first, firstFree) = await MemoryAsync();
        var (after, free) = await ComeBackAsync(first, firstFree);
        Memory = (before, most, after, free);
        Note($"Resident memory: {Show(before, "0")} MiB before, {Show(most, "0")} at most, {Show(rested, "0")} at rest afterwards, {Show(first, "0")} when the garbage was collected{(resting.Elapsed > settle * 4 ? $", {Show(after, "0")} after {Show(resting.Elapsed.TotalMinutes)} min of rest" : "")}; {Show(freeBefore, "0")} MiB of it were free for new objects before, {Show(free, "0")} in the end.");
        Expect(Kept(after, free) < MostKept, $"{Show(Kept(after, free), "0")} MiB did not come back within {Show(resting.Elapsed.TotalMinutes)} min");
        Expect(NewRequests.Percentile(1) < 1_000_000, "a new request took longer than a second");
        Expect(!Product.Log.Contains("fail: ", StringComparison.Ordinal) && !Product.Log.Contains("crit: ", StringComparison.Ordinal), "the log has errors");

        double Kept(double resident, double free) => resident - free - (before - freeBefore);

        async Task<(double Resident, double Free)> ComeBackAsync(double resident, double free)
        {
            while (Kept(resident, free) >= MostKept && resting.Elapsed < MostPatience)
            {
                await Task.Delay(settle);
                (resident, free) = await MemoryAsync();
            }

            return (resident, free);
        }

        async Task ProbeAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (!ending.IsCancellationRequested)
            {
                var answer = await GetAsync("/models");
                NewRequests.Record((long)answer.Took.TotalMicroseconds);
                Expect(accepted.Contains(answer.Status), $"a new request was answered with {answer.Status}");
                most = Math.Max(most, Resident());
                await timer.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Asks for something on a connection of its own.</summary>
    public Task<RawAnswer> GetAsync(string path) =>
        Raw.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {Raw.Host}\r\nConnection: close\r\n\r\n"), TimeSpan.FromSeconds(10));

    /// <summary>Its resident memory in MiB when its garbage has been collected: what it holds.</summary>
    public async Task<double> HeldAsync()
    {
        await GarbageCollection.RunAsync(Product.Id);
        return Resident();
    }

    // What is free is known when the garbage has been collected.
    private async Task<(double Resident, double Free)> MemoryAsync() => (await HeldAsync(), ManagedHeap.FreeBytes(Product.Id) / (double)Mebibyte);

    /// <summary>Its resident memory in MiB, garbage included.</summary>
    public double Resident() => ProcessMemory.ResidentBytes(Product.Id) / (double)Mebibyte;

    public async ValueTask DisposeAsync()
    {
        await Product.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>A number as reports have it.</summary>
    public static string Show(double number, string format = "0.0") => number.ToString(format, CultureInfo.InvariantCulture);

    // Hot code is compiled again, buffers find their size.
    private async Task WarmUpAsync()
    {
        for (var i = 0; i < 500; i++)
        {
            await GetAsync("/models");
        }
    }
}
