using System.Net;

namespace OrleansChat.Testing.Product;

/// <summary>A silo of <see cref="ClusterProcesses"/>.</summary>
public sealed class SiloProcess : ClusterProcess
{
    private TaskCompletionSource joined = new();

    internal SiloProcess(string name, string logDirectory, IPAddress address)
        : base(name, "OrleansChat.Silo.dll", logDirectory)
    {
        Endpoint = new IPEndPoint(address, FreePort.Next());
        Gateway = new IPEndPoint(address, FreePort.Next());
        Set("Cluster__AdvertisedAddress", $"{address}");
        Set("Cluster__SiloPort", $"{Endpoint.Port}");
        Set("Cluster__GatewayPort", $"{Gateway.Port}");
    }

    /// <summary>The address by which the other silos know it, in every run.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>The port by which the other silos know it.</summary>
    public int Port => Endpoint.Port;

    /// <summary>Where clients of Orleans connect to it.</summary>
    public IPEndPoint Gateway { get; }

    private protected override void Prepare() => joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected override Task ReadyAsync(TimeSpan patience) => joined.Task.WaitAsync(patience);

    private protected override void Heard(string line)
    {
        if (line.Contains("has joined cluster", StringComparison.Ordinal))
        {
            joined.TrySetResult();
        }
    }
}
