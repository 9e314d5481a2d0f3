using System.Net.Sockets;

namespace OrleansChat.Testing.Faults;

/// <summary>Sends on a connection, and can wait until the receiver's program has read what was sent.</summary>
internal sealed class SegmentSender(Socket socket) : IDisposable
{
    private const int QuickPolls = 200;

    private PeerSocket? peer;
    private long sent;

    /// <summary>Sends the bytes at once.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var count = await socket.SendAsync(rest, cancellationToken);
            sent += count;
            rest = rest[count..];
        }
    }

    /// <summary>Waits until all that was sent has been read. The kernel has to be asked: a receiver does not tell when it reads.</summary>
    public async ValueTask UntilReadAsync(CancellationToken cancellationToken)
    {
        peer ??= new PeerSocket(socket);
        for (var poll = 0; !peer.HasRead(sent); poll++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (poll < QuickPolls)
            {
                await Task.Yield();
            }
            else
            {
                await Task.Delay(1, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => peer?.Dispose();
}
