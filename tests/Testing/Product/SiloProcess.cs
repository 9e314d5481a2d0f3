namespace OrleansChat.Testing.Product;

/// <summary>A silo of <see cref="ClusterProcesses"/>.</summary>
public sealed class SiloProcess : ClusterProcess
{
    private TaskCompletionSource joined = new();

    internal SiloProcess(string name, string logDirectory)
        : base(name, "OrleansChat.Silo.dll", logDirectory)
    {
        Port = FreePort.Next();
        Set("Cluster__SiloPort", $"{Port}");
        Set("Cluster__GatewayPort", $"{FreePort.Next()}");
    }

    /// <summary>The port by which the other silos know it.</summary>
    public int Port { get; }

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
