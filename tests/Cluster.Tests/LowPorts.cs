using System.Net;
using System.Net.Sockets;
using Orleans.TestingHost;

namespace OrleansChat.Cluster.Tests;

/// <summary>
/// Ports for silos and gateways. TestingHost's own choice for gateways lies among those that systems give to outgoing connections, which
/// may take one before its gateway does.
/// </summary>
internal sealed class LowPorts : ITestClusterPortAllocator
{
    // Below what other programs of the tests are given (Testing/Product/FreePort.cs).
    private const int First = 10_000;
    private const int Last = 20_000;
    private const int Attempts = 100;

    public (int, int) AllocateConsecutivePortPairs(int numPorts)
    {
        // The silos' first, then the gateways'.
        var first = FindFree(numPorts * 2);
        return (first, first + numPorts);
    }

    public void Dispose()
    {
        // Nothing is held: one cluster runs at a time.
    }

    private static int FindFree(int count)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var first = Random.Shared.Next(First, Last - count);
            if (Enumerable.Range(first, count).All(IsFree))
            {
                return first;
            }
        }

        throw new InvalidOperationException($"There are no {count} free ports in a row from {First} to {Last}.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
