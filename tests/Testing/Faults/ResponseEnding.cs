using System.Net.Sockets;

namespace OrleansChat.Testing.Faults;

/// <summary>Ends a connection in the way of a fault.</summary>
internal static class ResponseEnding
{
    /// <summary>Ends the response direction. After a stall the connection is as it was.</summary>
    public static async Task ApplyAsync(Socket socket, SegmentSender sender, FaultEnding ending, CancellationToken cancellationToken)
    {
        switch (ending)
        {
            case FaultEnding.Fin:
                socket.Shutdown(SocketShutdown.Send);
                break;
            case FaultEnding.Reset:
                // A reset overtakes what the receiver has not read yet.
                await sender.UntilReadAsync(cancellationToken);
                Abort(socket);
                break;
            case FaultEnding.Stall:
                await sender.UntilReadAsync(cancellationToken);
                break;
            default:
                break;
        }
    }

    /// <summary>Closes the connection by RST, which also leaves no TIME_WAIT behind: tests open tens of thousands of connections.</summary>
    public static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other end was faster.
        }

        socket.Close();
    }

    /// <summary>Reads and drops what comes until the other end closes, or breaks, the connection.</summary>
    public static async Task UntilClosedAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken is closed too.
        }
    }
}
