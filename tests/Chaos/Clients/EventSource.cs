using System.Net;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Clients;

/// <summary>
/// Follows a conversation as a browser's EventSource does: it comes back with its cursor after every end and every cut, waits as
/// long as the server last asked for, and takes 204 for the end. Any other status than 200 would close it for good; it says so,
/// and goes on nevertheless, to see what else is wrong.
/// </summary>
/// <param name="nodes">Where to connect to.</param>
/// <param name="conversation">What to follow.</param>
/// <param name="query">How: <c>until=idle</c>, <c>catchup=deltas</c>.</param>
/// <param name="node">The node to start with.</param>
/// <param name="stats">Where it counts.</param>
internal sealed class EventSource(ApiNodes nodes, string conversation, string query, int node, ClientStatistics stats)
{
    // Until a server asks for something else; browsers take a few seconds.
    private static readonly TimeSpan DefaultRetry = TimeSpan.FromSeconds(2);

    // Heartbeats come every 15 s: after two that did not come, a stream is dead without knowing.
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(40);

    private TimeSpan retry = DefaultRetry;

    /// <summary>Whether it comes back without a pause: for who looks at things afterwards, when there is nobody to spare.</summary>
    public bool IsImpatient { get; init; }

    /// <summary>The newest sequence that it has seen.</summary>
    public long Cursor { get; private set; }

    /// <summary>The node that it is connected to, or was last.</summary>
    public int Node { get; private set; } = node;

    /// <summary>Follows until the server says that it is over (204).</summary>
    /// <param name="after">The cursor to start from; 0 is the beginning.</param>
    /// <param name="heard">Told of every event.</param>
    /// <param name="cancellationToken">Closes it.</param>
    public async Task RunAsync(long after, Action<Frame> heard, CancellationToken cancellationToken)
    {
        Cursor = after;
        for (var connection = 0; await FollowAsync(connection, after, heard, cancellationToken); connection++)
        {
            await Task.Delay(IsImpatient ? TimeSpan.FromMilliseconds(1) : retry, cancellationToken);
            stats.CountReconnect();
        }
    }

    private HttpRequestMessage Request(Uri address, int connection, long after)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"/conversations/{conversation}/events?after={after}&{query}"));
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (connection > 0 && Cursor > 0)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{Cursor}");
        }

        return request;
    }

    // False when it is over.
    private async Task<bool> FollowAsync(int connection, long after, Action<Frame> heard, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever lost his node is sent to another by any balancer.
            var (response, answered) = await nodes.SendAsync(
                connection == 0 ? Node : Node + 1, address => Request(address, connection, after), cancellationToken);
            Node = answered;
            using (response)
            {
                if (response.StatusCode == HttpStatusCode.NoContent)
                {
                    return false;
                }

                if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != "text/event-stream")
                {
                    var said = await response.Content.ReadAsStringAsync(cancellationToken);
                    stats.Complain(ViolationKind.StreamClosed, conversation, $"{(int)response.StatusCode} at {Cursor}: {said.ReplaceLineEndings(" ")}");
                    return true;
                }

                await ReadAsync(response, heard, cancellationToken);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // No connection, or it broke: that is what coming back is for.
            stats.CountBreak(e);
        }

        return true;
    }

    private async Task ReadAsync(HttpResponseMessage response, Action<Frame> heard, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var parser = new FrameParser();
        var frames = new List<Frame>();
        var buffer = new byte[4096];
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                silence.CancelAfter(MostSilence);
                var count = await stream.ReadAsync(buffer, silence.Token);
                if (count == 0)
                {
                    return;
                }

                parser.Take(buffer.AsSpan(0, count), frames);
                retry = parser.Retry ?? retry;
                foreach (var frame in frames)
                {
                    Cursor = frame.Id > 0 ? frame.Id : Cursor;
                    heard(frame.Id > 0 ? frame : frame with { Id = Cursor });
                }

                Cursor = parser.LastId ?? Cursor;
                frames.Clear();
            }
        }
        catch (InvalidDataException e)
        {
            stats.Complain(ViolationKind.BrokenStream, conversation, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stats.Complain(ViolationKind.BrokenStream, conversation, $"Not even a heartbeat for {MostSilence.TotalSeconds:0} s at {Cursor}.");
        }
    }
}
