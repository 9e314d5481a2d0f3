using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OrleansChat.Testing.Faults;

/// <summary>Reads requests from a connection, as far as a server needs to that answers by heart.</summary>
internal sealed class RequestReader(Socket socket)
{
    private byte[] buffer = new byte[4096];
    private int filled;

    /// <summary>The next request, when it is whole; null when the client has closed the connection.</summary>
    public async Task<RecordedRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        int headLength;
        while ((headLength = Find("\r\n\r\n"u8, 0)) < 0)
        {
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var head = Encoding.ASCII.GetString(buffer, 0, headLength);
        var isChunked = Header(head, "Transfer-Encoding") is not null;
        var length = isChunked ? -1 : int.Parse(Header(head, "Content-Length") ?? "0", CultureInfo.InvariantCulture);
        int end;
        while ((end = isChunked ? Find("0\r\n\r\n"u8, headLength) : headLength + length) < 0 || end > filled)
        {
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var request = new RecordedRequest(head, Encoding.UTF8.GetString(buffer, headLength, end - headLength));
        buffer.AsSpan(end, filled - end).CopyTo(buffer);
        filled -= end;
        return request;
    }

    private static string? Header(string head, string name)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 1)..].Trim();
    }

    // The offset after the mark, or -1.
    private int Find(ReadOnlySpan<byte> mark, int from)
    {
        var at = buffer.AsSpan(from, Math.Max(0, filled - from)).IndexOf(mark);
        return at < 0 ? -1 : from + at + mark.Length;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var count = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
        filled += count;
        return count > 0;
    }
}
