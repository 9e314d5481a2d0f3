using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansChat.Testing.Abuse;

/// <summary>Sends bytes as they are, which no HTTP client would, and reads what comes back; a connection for each request.</summary>
/// <param name="address">The server.</param>
public sealed class RawHttp(Uri address)
{
    private const int LongestAnswer = 64 * 1024;

    private readonly IPEndPoint server = new(IPAddress.Parse(address.Host), address.Port);

    /// <summary>What a request's <c>Host</c> has to be.</summary>
    public string Host => address.Authority;

    /// <summary>Opens a connection.</summary>
    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request, and reads the answer to its end, or as far as it matters: of an event stream, the headers.</summary>
    /// <param name="request">The bytes.</param>
    /// <param name="patience">How long all of it may take.</param>
    public async Task<RawAnswer> SendAsync(ReadOnlyMemory<byte> request, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        var began = Stopwatch.GetTimestamp();
        using var socket = await ConnectAsync(limit.Token);

        // Reset at the end, so that thousands of connections leave no port behind that waits.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        var sending = SendAllAsync(socket, request, limit.Token);
        var answer = await ReadAsync(socket, limit.Token) with { Took = Stopwatch.GetElapsedTime(began) };
        await limit.CancelAsync();
        await sending;
        return answer;
    }

    /// <summary>Reads an answer from a connection; see <see cref="SendAsync"/>.</summary>
    public static async Task<RawAnswer> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestAnswer];
        var length = 0;
        try
        {
            while (length < buffer.Length && !IsComplete(Encoding.Latin1.GetString(buffer, 0, length)))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // What came before the connection broke, or the time was up, is the answer.
        }

        return new RawAnswer(Encoding.Latin1.GetString(buffer, 0, length));
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            for (var rest = request; !rest.IsEmpty;)
            {
                rest = rest[await socket.SendAsync(rest, cancellationToken)..];
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server has heard enough.
        }
    }

    private static bool IsComplete(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var head = text[..end];
        if (head.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);
        }

        var at = head.IndexOf("\r\nContent-Length: ", StringComparison.OrdinalIgnoreCase);
        return at >= 0
            && int.TryParse(head[(at + "\r\nContent-Length: ".Length)..].Split('\r')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var body)
            && text.Length >= end + 4 + body;
    }
}
