using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrleansChat.Testing.Faults;

/// <summary>
/// Asks the kernel about the other end of a connection within this machine: how much of what was sent its program has read.
/// Linux tells (netlink, <c>sock_diag</c>; as <c>ss</c> shows it); elsewhere nothing is known, and everything counts as read.
/// </summary>
internal sealed partial class PeerSocket : IDisposable
{
    private const int NetlinkFamily = 16;
    private const int RawSocket = 3;
    private const int CloseOnExec = 0x80000;
    private const int SockDiagProtocol = 4;
    private const int RequestLength = 72;
    private const int AnswerHeader = 16;
    private const int FixedPart = 72;
    private const int ReceiveQueueOffset = 56;
    private const ushort TcpInfoAttribute = 2;
    private const int BytesReceivedOffset = 128;

    private readonly Socket? kernel;
    private readonly byte[] request = new byte[RequestLength];
    private readonly byte[] answer = new byte[4096];

    /// <summary>Asks about the peer of a connected socket.</summary>
    public PeerSocket(Socket socket)
    {
        if (OperatingSystem.IsLinux() && OpenKernel(NetlinkFamily, RawSocket | CloseOnExec, SockDiagProtocol) is >= 0 and var handle)
        {
            kernel = new Socket(new SafeSocketHandle(handle, ownsHandle: true));
            WriteRequest((IPEndPoint)socket.RemoteEndPoint!, (IPEndPoint)socket.LocalEndPoint!);
        }
    }

    /// <summary>Whether the peer's program has read this many bytes, all that were sent; also where the peer is gone.</summary>
    public bool HasRead(long sent)
    {
        if (kernel is null)
        {
            return true;
        }

        kernel.Send(request);
        var reply = answer.AsSpan(0, kernel.Receive(answer));
        if (reply.Length < AnswerHeader + FixedPart)
        {
            // An error: no such connection.
            return true;
        }

        var unread = BinaryPrimitives.ReadUInt32LittleEndian(reply[(AnswerHeader + ReceiveQueueOffset)..]);
        return unread == 0 && ReceivedBytes(reply[(AnswerHeader + FixedPart)..]) >= sent;
    }

    /// <inheritdoc/>
    public void Dispose() => kernel?.Dispose();

    [LibraryImport("libc", EntryPoint = "socket")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenKernel(int family, int type, int protocol);

    // struct nlmsghdr, struct inet_diag_req_v2 and, within it, struct inet_diag_sockid.
    private void WriteRequest(IPEndPoint peer, IPEndPoint own)
    {
        var message = request.AsSpan();
        BinaryPrimitives.WriteInt32LittleEndian(message, RequestLength);
        BinaryPrimitives.WriteInt16LittleEndian(message[4..], 20);
        BinaryPrimitives.WriteInt16LittleEndian(message[6..], 1);
        var query = message[AnswerHeader..];
        query[0] = 2;
        query[1] = 6;
        query[2] = 1 << (TcpInfoAttribute - 1);
        BinaryPrimitives.WriteInt32LittleEndian(query[4..], -1);
        var connection = query[8..];
        BinaryPrimitives.WriteUInt16BigEndian(connection, (ushort)peer.Port);
        BinaryPrimitives.WriteUInt16BigEndian(connection[2..], (ushort)own.Port);
        peer.Address.MapToIPv4().TryWriteBytes(connection[4..], out _);
        own.Address.MapToIPv4().TryWriteBytes(connection[20..], out _);
        BinaryPrimitives.WriteInt64LittleEndian(connection[40..], -1);
    }

    private static long ReceivedBytes(ReadOnlySpan<byte> attributes)
    {
        while (attributes.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(attributes);
            if (BinaryPrimitives.ReadUInt16LittleEndian(attributes[2..]) == TcpInfoAttribute)
            {
                return BinaryPrimitives.ReadInt64LittleEndian(attributes[(4 + BytesReceivedOffset)..]);
            }

            attributes = attributes[Math.Min(attributes.Length, (length + 3) & ~3)..];
        }

        return long.MaxValue;
    }
}
