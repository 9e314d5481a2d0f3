using System.Net.Sockets;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load.Replies;

/// <summary>
/// One client: a socket, one request, and its reply read to the end. HttpClient and an SSE parser would cost the client more than
/// the servers under test spend; here a read costs a system call, a copy within the buffer and a vectorized search.
/// </summary>
internal sealed class ReplyReader(Request request, ReadOnlyMemory<byte> endMarker, int expected, Measurements measurements) : IDisposable
{
    // Holds any head, and some hundred merged deltas; more simply takes more reads.
    private const int BufferSize = 16 * 1024;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly StampScanner scanner = new(endMarker);

    // Null once the reply is whole.
    private string? problem = "It was not read to its end.";

    public ReadOutcome Outcome => new(expected - scanner.InOrder, scanner.Disordered, problem);

    public async Task RunAsync()
    {
        try
        {
            await socket.ConnectAsync(request.EndPoint);
            var asked = MonotonicClock.Now;
            await socket.SendAsync(request.Bytes);
            problem = await ReadAsync(asked);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidDataException)
        {
            problem = e.Message;
        }
        finally
        {
            socket.Dispose();
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<string?> ReadAsync(long asked)
    {
        var buffer = new byte[BufferSize];
        var body = new ChunkedBody();
        var head = 0;
        while (ResponseHead.LengthIn(buffer.AsSpan(0, head)) == 0)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(head));
            if (count == 0)
            {
                return "The connection was closed before an answer.";
            }

            head += count;
        }

        if (ResponseHead.ProblemIn(buffer.AsSpan(0, head)) is { } refusal)
        {
            return refusal;
        }

        if (!ResponseHead.IsChunked(buffer.AsSpan(0, head)))
        {
            return "The answer is not in chunks.";
        }

        var received = head;
        var start = ResponseHead.LengthIn(buffer.AsSpan(0, head));
        var kept = 0;
        while (true)
        {
            kept = Take(buffer, kept, start, received, body, asked);
            if (body.IsComplete)
            {
                return scanner.SawEnd ? null : "The reply ended without its end marker.";
            }

            start = kept;
            var count = await socket.ReceiveAsync(buffer.AsMemory(start));
            if (count == 0)
            {
                return "The connection was cut in mid-reply.";
            }

            received = start + count;
        }
    }

    /// <summary>Decodes what was received behind what was kept, scans both, and keeps what may be the beginning of a stamp.</summary>
    private int Take(byte[] buffer, int kept, int start, int end, ChunkedBody body, long asked)
    {
        var now = MonotonicClock.Now;
        var length = kept + body.Decode(buffer.AsSpan(start, end - start), buffer.AsSpan(kept));
        var isFirst = scanner.InOrder == 0;
        var (used, stamps) = scanner.Scan(buffer.AsSpan(0, length), now, measurements);
        if (isFirst && stamps > 0)
        {
            measurements.FirstToken(now - asked);
        }

        measurements.Read(now, end - start, stamps);
        buffer.AsSpan(used, length - used).CopyTo(buffer);
        return length - used;
    }
}
