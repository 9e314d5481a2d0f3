namespace OrleansChat.Hosting;

/// <summary>Where the API's silos are.</summary>
internal static class SiloConnection
{
    /// <summary>Hosts a silo in this process, or connects to one nearby, as <see cref="LocalClusterOptions.HostsSilo"/> says.</summary>
    public static WebApplicationBuilder AddSilos(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetLocalCluster();
        if (options.HostsSilo)
        {
            builder.AddSilo(gateway: false);
        }
        else
        {
            builder.UseOrleansClient(client =>
            {
                client.UseLocalhostClustering(options.GatewayPortOrDefault);
                client.AddMemoryDelivery();
            });
        }

        return builder;
    }
}
