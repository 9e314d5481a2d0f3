using System.Net;

namespace OrleansChat.Testing.Product;

/// <summary>An API node of <see cref="ClusterProcesses"/>.</summary>
public sealed class ApiProcess : ClusterProcess
{
    internal ApiProcess(string name, string logDirectory, IPAddress address)
        : base(name, "OrleansChat.Api.dll", logDirectory)
    {
        Address = new Uri($"http://{address}:{FreePort.Next()}");
        Api = new ChatApi(Address);
        Set("ASPNETCORE_URLS", Address.ToString());
    }

    /// <summary>Where it listens, in every run.</summary>
    public Uri Address { get; }

    /// <summary>A client of it, without a time limit of its own.</summary>
    public ChatApi Api { get; }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Api.Dispose();
    }

    private protected override Task ReadyAsync(TimeSpan patience) => Api.WaitUntilReadyAsync(patience);
}
