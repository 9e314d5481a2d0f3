using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.Start;

/// <summary>What keeps the product from starting is said in one line, and is no crash.</summary>
public sealed class CannotStartTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task A_setting_that_means_nothing() =>
        Assert.Equal("Process:Scheduling is 'x'; it must be Batch or Normal.", await WhyAsync(("Process__Scheduling", "x")));

    [Fact]
    public async Task An_address_that_somebody_else_has()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://{other.LocalEndpoint}");

        Assert.Equal($"Failed to bind to address {address}: address already in use.", await WhyAsync(("Urls", address)));
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be()
    {
        var file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var path = Path.Combine(file, "data");

        Assert.StartsWith(
            $"The data directory '{path}', which Storage:Path names, cannot be made or written: ", await WhyAsync(("Storage__Path", path)), StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public void Dispose() => directory.Dispose();

    private async Task<string> WhyAsync(params (string Name, string Value)[] settings)
    {
        const string Begin = "OrleansChat cannot start: ";
        await using var program = ProgramProcess.Start(
            "OrleansChat.Api.dll", [("Urls", "http://127.0.0.1:0"), ("Storage__Path", Path.Combine(directory.Path, "data")), .. settings]);
        await program.Ended.WaitAsync(TestLimits.Signal);

        Assert.Equal(1, program.ExitCode);
        Assert.DoesNotContain("Unhandled exception", program.Log, StringComparison.Ordinal);
        return Assert.Single(program.Log.Split('\n'), line => line.StartsWith(Begin, StringComparison.Ordinal))[Begin.Length..].TrimEnd();
    }
}
