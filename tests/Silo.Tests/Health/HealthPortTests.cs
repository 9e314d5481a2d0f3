using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansChat.Health;
using OrleansChat.Testing.Product;

namespace OrleansChat.Silo.Tests.Health;

public class HealthPortTests
{
    [Fact]
    public async Task It_is_open_from_when_the_services_before_it_have_started_until_they_are_asked_to_stop()
    {
        var port = FreePort.Next();
        var silo = new Neighbour(port);
        using (var host = Build($"{port}", silo))
        {
            await host.StartAsync();
            Assert.True(await IsOpenAsync(port));

            // Whoever asks is answered every time.
            for (var i = 0; i < 1_000; i++)
            {
                Assert.True(await IsOpenAsync(port));
            }

            await host.StopAsync();
        }

        Assert.Equal((false, false), (silo.OpenWhenStarting, silo.OpenWhenStopping));
    }

    [Fact]
    public async Task Without_a_port_there_is_none()
    {
        using var host = Build("0", new Neighbour(0));
        await host.StartAsync();

        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service is HealthPort);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    public void What_is_no_port_stops_the_start(string port)
    {
        var refused = Assert.Throws<ValidationException>(() => Build(port, new Neighbour(0)));

        Assert.Equal("Health:Port is a port, from 0 to 65535.", refused.Message);
    }

    [Fact]
    public async Task A_port_that_somebody_else_has_stops_the_start_and_is_named()
    {
        using var other = TcpListener.Create(0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var host = Build($"{port}", new Neighbour(0));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Equal($"Port {port}, which Health:Port names, cannot be opened: Address already in use.", refused.Message);
    }

    private static IHost Build(string port, Neighbour silo)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Health:Port", port)]);
        builder.Services.AddHostedService(_ => silo);
        builder.AddHealthPort();
        return builder.Build();
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    /// <summary>A service that was added before, as the silo is.</summary>
    private sealed class Neighbour(int port) : IHostedService
    {
        public bool? OpenWhenStarting { get; private set; }

        public bool? OpenWhenStopping { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) => OpenWhenStarting = await IsOpenAsync(port);

        public async Task StopAsync(CancellationToken cancellationToken) => OpenWhenStopping = await IsOpenAsync(port);
    }
}
