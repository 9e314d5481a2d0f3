using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>
/// One recording, played as often as a test likes, with another fault each time, to one client. What goes wrong is gathered, and names
/// dialect, fault and byte; time stands still, so that no time-out can help a reply along.
/// </summary>
internal sealed class PlayedRecording : IAsyncDisposable
{
    private const int ShownFailures = 20;

    private readonly List<string> failures = [];
    private readonly long started = Stopwatch.GetTimestamp();
    private int cases;

    public PlayedRecording(string dialect)
    {
        Recording = RecordedDialects.Get(dialect);
        Client = ProviderClients.Create(Recording.Protocol, Upstream.Endpoint, Clock);
    }

    /// <summary>The recording.</summary>
    public Recording Recording { get; }

    /// <summary>What plays it.</summary>
    public RecordedUpstream Upstream { get; } = new();

    /// <summary>The client's clock.</summary>
    public ManualTimeProvider Clock { get; } = new();

    /// <summary>The client.</summary>
    public IChatClient Client { get; }

    /// <summary>Plays it with a fault, and compares the whole of what the client gives.</summary>
    public Task PlayAsync(Fault fault, int at, ExpectedReply expected) => CaseAsync(fault, at, async () =>
    {
        var answer = Upstream.Enqueue(Recording, fault);
        var reply = await CollectedReply.AskAsync(Client, "Hi");
        await answer.Reached.WaitAsync(TestLimits.Signal);
        Compare(expected, new ExpectedReply(
            reply.Text,
            reply.FinishReasons.Count > 1 ? string.Join('+', reply.FinishReasons) : reply.FinishReasons.SingleOrDefault(),
            reply.Usages.Count > 1 ? string.Join('+', reply.Usages) : reply.Usages.SingleOrDefault(),
            reply.Fault?.Code));
    });

    /// <summary>Runs one case, of which an exception is a failure.</summary>
    public async Task CaseAsync(Fault fault, int at, Func<Task> run)
    {
        cases++;
        try
        {
            await run();
        }
        catch (Exception exception)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{Recording.Name}, {fault}, of {Recording.Length} ({Recording.Around(at)}): {exception.GetType().Name}: {exception.Message}"));
        }
    }

    /// <summary>Fails where a case has failed, or where the upstream got any other number of requests than one for each.</summary>
    public void AssertAllWell(Xunit.Abstractions.ITestOutputHelper output)
    {
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Recording.Name}: {cases} cases in {seconds:0.0} s"));
        Assert.True(
            failures.Count == 0,
            $"{failures.Count} of {cases} failed:{Environment.NewLine}{string.Join(Environment.NewLine, failures.Take(ShownFailures))}");
        Assert.Equal(cases, Upstream.RequestCount);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Upstream.DisposeAsync();
    }

    /// <summary>Fails where a reply is not what it must be.</summary>
    public static void Compare(ExpectedReply expected, ExpectedReply actual) =>
        Assert.True(expected == actual, $"must be {expected}, was {actual}");
}
