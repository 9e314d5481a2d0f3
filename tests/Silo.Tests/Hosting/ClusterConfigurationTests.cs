using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;
using OrleansChat.Hosting;

namespace OrleansChat.Silo.Tests.Hosting;

public class ClusterConfigurationTests
{
    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var options = Read();
        Assert.Equal((ClusterMode.Local, true), (options.Mode, options.HostsSiloOrDefault));
        Assert.Equal(("orleanschat", "orleanschat"), (options.ClusterId, options.ServiceId));
        Assert.Equal((11_111, 30_000), (options.SiloPortOrDefault, options.GatewayPortOrDefault));
        Assert.Null(options.AdvertisedIP);
        Assert.Equal(TimeSpan.FromSeconds(20), options.GracePeriod);
    }

    [Theory]
    [InlineData("PostgreSQL", null, false)]
    [InlineData("postgresql", "true", true)]
    [InlineData("Local", "false", false)]
    [InlineData("Local", "", true)]
    public void The_API_hosts_a_silo_if_it_is_told_so_or_is_the_whole_product(string mode, string? hostsSilo, bool expected) =>
        Assert.Equal(expected, Read(("Mode", mode), ("HostsSilo", hostsSilo)).HostsSiloOrDefault);

    [Fact]
    public void All_of_it_is_configurable()
    {
        var options = Read(
            ("ClusterId", "blue"), ("ServiceId", "chat"), ("AdvertisedAddress", "fd00::5"), ("SiloPort", "1"), ("GatewayPort", "65535"), ("GracePeriod", "00:01:00"));
        Assert.Equal(("blue", "chat"), (options.ClusterId, options.ServiceId));
        Assert.Equal(IPAddress.Parse("fd00::5"), options.AdvertisedIP);
        Assert.Equal((1, 65_535), (options.SiloPortOrDefault, options.GatewayPortOrDefault));
        Assert.Equal(TimeSpan.FromMinutes(1), options.GracePeriod);
    }

    [Theory]
    [InlineData("Mode", "Postgres", "Cluster:Mode is 'Postgres', and must be Local or PostgreSQL.")]
    [InlineData("Mode", "1", "Cluster:Mode is '1', and must be Local or PostgreSQL.")]
    [InlineData("ClusterId", " ", "Cluster:ClusterId must not be empty.")]
    [InlineData("ServiceId", "", "Cluster:ServiceId must not be empty.")]
    [InlineData("SiloPort", "65536", "Cluster:SiloPort is a port, from 0 to 65535.")]
    [InlineData("GatewayPort", "-1", "Cluster:GatewayPort is a port, from 0 to 65535.")]
    [InlineData("GatewayPort", "11111", "Cluster:SiloPort and Cluster:GatewayPort are both 11111, and must be two ports.")]
    [InlineData("GracePeriod", "01:00:01", "Cluster:GracePeriod is a time from 00:00:00 to 01:00:00.")]
    [InlineData(
        "AdvertisedAddress",
        "silo.internal",
        "Cluster:AdvertisedAddress is 'silo.internal', and must be the one IP address at which others reach this silo, such as 10.0.0.5.")]
    [InlineData(
        "AdvertisedAddress",
        "0.0.0.0",
        "Cluster:AdvertisedAddress is '0.0.0.0', and must be the one IP address at which others reach this silo, such as 10.0.0.5.")]
    [InlineData("Tls:Key", "a.key", "Cluster:Tls takes Certificate, Key and Authority, or none of them; missing: Cluster:Tls:Certificate, Cluster:Tls:Authority.")]
    [InlineData("Tls:Authority", "ca.crt", "Cluster:Tls takes Certificate, Key and Authority, or none of them; missing: Cluster:Tls:Certificate, Cluster:Tls:Key.")]
    public void A_mistake_is_named_by_its_key_and_with_what_is_allowed(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<ValidationException>(() => Read((key, value))).Message);

    [Fact]
    public void TLS_is_for_clusters_and_blank_settings_are_none()
    {
        (string, string?)[] files = [("Tls:Certificate", "a.crt"), ("Tls:Key", "a.key"), ("Tls:Authority", "ca.crt")];
        Assert.True(Read([("Mode", "PostgreSQL"), .. files]).Tls.IsOn);
        Assert.False(Read(("Tls:Certificate", ""), ("Tls:Key", " ")).Tls.IsOn);
        Assert.StartsWith(
            "Cluster:Tls is for clusters: Cluster:Mode is Local", Assert.Throws<ValidationException>(() => Read(files)).Message, StringComparison.Ordinal);
    }

    private static ChatClusterOptions Read(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Cluster:{setting.Key}", setting.Value)))
            .Build()
            .GetCluster();
}
