using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansChat.Testing.Abuse;

namespace OrleansChat.Benchmarks.Abuse;

/// <summary>Many connections to one server, which do what they are told.</summary>
internal sealed class Crowd(ServerUnderAttack server) : IDisposable
{
    // How many connect at the same time: a crowd, not a queue at the door.
    private const int AtOnce = 64;

    private readonly List<Socket> sockets = [];

    /// <summary>The connections that there are.</summary>
    public IReadOnlyList<Socket> Sockets => sockets;

    /// <summary>Connects more, each of which says something.</summary>
    /// <param name="count">How many.</param>
    /// <param name="says">What.</param>
    /// <param name="receiveBuffer">How much the kernel takes for one who does not read; null for its default.</param>
    public async Task JoinAsync(int count, Func<int, string> says, int? receiveBuffer = null)
    {
        var joined = new Socket[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancellationToken) =>
        {
            var socket = joined[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            if (receiveBuffer is { } bytes)
            {
                socket.ReceiveBufferSize = bytes;
            }

            await socket.ConnectAsync(IPAddress.Loopback, server.Product.Address.Port, cancellationToken);
            if (says(i) is { Length: > 0 } text)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
            }
        });
        sockets.AddRange(joined);
    }

    /// <summary>Has each send something; those that were cut off send nothing.</summary>
    /// <returns>How many could.</returns>
    public int Say(ReadOnlySpan<byte> text)
    {
        var could = 0;
        foreach (var socket in sockets)
        {
            try
            {
                socket.Send(text);
                could++;
            }
            catch (SocketException)
            {
                // Cut off.
            }
        }

        return could;
    }

    /// <summary>Reads one byte of each, where there is one.</summary>
    public void Sip()
    {
        Span<byte> one = stackalloc byte[1];
        foreach (var socket in sockets)
        {
            try
            {
                if (socket.Available > 0)
                {
                    socket.Receive(one);
                }
            }
            catch (SocketException)
            {
                // Cut off.
            }
        }
    }

    /// <summary>The answers that there are by now, by status; 0 for those that were closed without one, -1 for those that are open and silent.</summary>
    public IReadOnlyDictionary<int, int> Answers()
    {
        var statuses = new SortedDictionary<int, int>();
        var buffer = new byte[64 * 1024];
        foreach (var socket in sockets)
        {
            var status = -1;
            try
            {
                if (socket.Poll(0, SelectMode.SelectRead))
                {
                    status = new RawAnswer(Encoding.Latin1.GetString(buffer, 0, socket.Receive(buffer))).Status;
                }
            }
            catch (SocketException)
            {
                status = 0;
            }

            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        return statuses;
    }

    /// <summary>Disconnects all.</summary>
    public void Dispose()
    {
        sockets.ForEach(socket => socket.Dispose());
        sockets.Clear();
    }
}
