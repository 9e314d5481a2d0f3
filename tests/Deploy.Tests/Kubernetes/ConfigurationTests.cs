using System.Text.Json.Nodes;
using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Kubernetes;

/// <summary>What pods are told.</summary>
public class ConfigurationTests
{
    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Every_setting_is_one_that_the_programs_know(string folder)
    {
        var manifests = await Manifests.RenderAsync(folder);
        var variables = manifests.Workloads.SelectMany(Workload.Containers).SelectMany(container => container.Items("env"));

        Assert.All(manifests.Settings().Keys.Concat(variables.Select(variable => variable.Text("name"))), KnownSettings.AssertKnown);
        Assert.Equal("PostgreSQL", manifests.Settings()["Cluster__Mode"]);
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Ports_are_where_the_programs_listen(string folder)
    {
        var manifests = await Manifests.RenderAsync(folder);
        var settings = manifests.Settings();
        var silo = manifests.Get("Deployment", "orleanschat-silo").Containers().Single();
        var api = manifests.Get("Deployment", "orleanschat-api").Containers().Single();

        Assert.Equal(settings["Cluster__SiloPort"], $"{silo.Port("silo")}");
        Assert.Equal(settings["Cluster__GatewayPort"], $"{silo.Port("gateway")}");
        Assert.Equal(silo.Variable("Health__Port"), $"{silo.Port("health")}");
        Assert.Equal(api.Variable("ASPNETCORE_HTTP_PORTS"), $"{api.Port("http")}");
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Whoever_comes_has_to_sign_in(string folder) =>
        Assert.Equal("true", (await Manifests.RenderAsync(folder)).Settings()[KnownSettings.SignIn]);

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task A_silo_gives_its_pods_address_as_its_own(string folder)
    {
        var silo = (await Manifests.RenderAsync(folder)).Get("Deployment", "orleanschat-silo").Containers().Single();
        var address = silo.Items("env").Single(variable => variable.Text("name") == "Cluster__AdvertisedAddress");

        Assert.Equal("status.podIP", address.Text("valueFrom/fieldRef/fieldPath"));
    }

    [NeedsTheory("kubectl")]
    [InlineData("base")]
    [InlineData("overlays/example")]
    public async Task Secrets_are_referred_to_and_never_written_out(string folder)
    {
        var manifests = await Manifests.RenderAsync(folder);
        foreach (var container in manifests.Workloads.SelectMany(Workload.Containers))
        {
            var connection = container.Items("env").Single(variable => variable.Text("name") == "ConnectionStrings__PostgreSQL");
            Assert.Equal(
                ("orleanschat-postgresql", "connection-string", null),
                (connection.Text("valueFrom/secretKeyRef/name"), connection.Text("valueFrom/secretKeyRef/key"), connection.At("value")));
        }

        Assert.Empty(manifests.OfKind("Secret"));
        var texts = manifests.Objects.SelectMany(JsonReading.Within).OfType<JsonValue>().Select(value => value.ToString());
        Assert.DoesNotContain(texts, text => text.Contains("Password=", StringComparison.OrdinalIgnoreCase) || text.StartsWith("sk-", StringComparison.Ordinal));
        Assert.All(manifests.Workloads.SelectMany(Workload.Containers).SelectMany(container => container.Items("env")), variable =>
            Assert.True(variable.At("value") is null || !KnownSettings.IsSecret(variable.Text("name")), $"{variable.Text("name")} is written out."));
        Assert.DoesNotContain(manifests.Settings().Keys, KnownSettings.IsSecret);
    }
}
