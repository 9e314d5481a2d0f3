using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansChat.Deploy.Tests.Compose;
using OrleansChat.Deploy.Tests.Kubernetes;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Hosting;

namespace OrleansChat.Deploy.Tests.Clusters;

/// <summary>What stops is given the time that it takes, by whoever would kill it afterwards.</summary>
public class StoppingTimeTests
{
    // What takes no part in the hosts' own limits: starting to stop, and the process's end.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    // .NET's default, which the API keeps.
    private static readonly TimeSpan ApiStops = new HostOptions().ShutdownTimeout;

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task In_Kubernetes(string folder)
    {
        var manifests = await Manifests.RenderAsync(folder);
        var silo = manifests.Get("Deployment", "orleanschat-silo").Pod();
        var api = manifests.Get("Deployment", "orleanschat-api").Pod();
        var pause = TimeSpan.FromSeconds(api.Number("containers/0/lifecycle/preStop/sleep/seconds"));

        Assert.NotEqual(TimeSpan.Zero, pause);
        Assert.True(GracePeriod(silo) >= SiloStops(manifests.Settings()) + Margin);
        Assert.True(GracePeriod(api) >= pause + ApiStops + Margin);

        static TimeSpan GracePeriod(System.Text.Json.Nodes.JsonNode pod) => TimeSpan.FromSeconds(pod.Number("terminationGracePeriodSeconds"));
    }

    [Fact]
    public void In_Compose()
    {
        var file = new ComposeFile();

        Assert.True(file.StopGracePeriod("silo") >= SiloStops(file.Services["silo"].Pairs("environment")) + Margin);
        Assert.True(file.StopGracePeriod("api") >= ApiStops + Margin);
    }

    // As the silo itself works it out.
    private static TimeSpan SiloStops(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.Configuration["ConnectionStrings:PostgreSQL"] = "Host=nowhere";
        builder.AddSilo(gateway: true);
        using var host = builder.Build();
        var times = host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        Assert.True(times > builder.Configuration.GetCluster().GracePeriod);
        return times;
    }
}
