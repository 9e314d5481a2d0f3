using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OrleansChat.Authentication;

/// <summary>Where only this machine can connect.</summary>
internal static class LoopbackPlaces
{
    /// <summary>Refuses to listen elsewhere where nobody signs in.</summary>
    /// <exception cref="OptionsValidationException">Nobody signs in, and others than this machine could come.</exception>
    public static void Check(EndPoint endpoint, SignInMode mode)
    {
        if (mode.IsLocal && !IsOne(endpoint))
        {
            throw new OptionsValidationException(
                SignInOptions.Section,
                typeof(SignInOptions),
                [
                    $"OrleansChat does not listen at {endpoint}: nobody signs in, and everybody who can reach that address would have all conversations. "
                    + "Have it listen on this machine only (--urls http://localhost:5000); "
                    + "or make a key (./run keys add) or say that there will be some (Authentication:Keys=true), after which every request needs one; "
                    + "or name the proxy that signs people in (Authentication:Proxy:Networks and Authentication:Proxy:Secret).",
                ]);
        }
    }

    private static bool IsOne(EndPoint endpoint) => endpoint switch
    {
        UnixDomainSocketEndPoint => true,
        IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
        FileHandleEndPoint handle => IsOne(handle),
        _ => false,
    };

    // A socket that somebody else has made, systemd for example.
    private static bool IsOne(FileHandleEndPoint endpoint)
    {
        try
        {
            using var handle = new SafeSocketHandle((nint)endpoint.FileHandle, ownsHandle: false);
            using var socket = new Socket(handle);
            return socket.LocalEndPoint is { } local and not FileHandleEndPoint && IsOne(local);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
