using System.ComponentModel.DataAnnotations;
using OrleansChat.Hosting;
using OrleansChat.Testing.Certificates;

namespace OrleansChat.Silo.Tests.Hosting.Tls;

/// <summary>What is wrong with certificates is said at the start, by the setting that it is wrong in.</summary>
public sealed class ClusterIdentityTests : IDisposable
{
    private readonly TestAuthority authority = new();

    [Fact]
    public void One_that_fits_is_taken()
    {
        var (certificate, key) = authority.Issue("silo");

        Assert.Equal("CN=silo", ClusterIdentity.From(new PemFiles(certificate, key, authority.Pem)).Certificate.Subject);
    }

    [Fact]
    public void One_that_an_intermediate_authority_issued_is_taken_with_that_in_its_file()
    {
        using var between = new TestAuthority("between", authority);
        var (certificate, key) = between.Issue("silo");

        ClusterIdentity.From(new PemFiles(certificate + "\n" + between.Pem, key, authority.Pem));
        Refused(new PemFiles(certificate, key, authority.Pem), "Cluster:Tls:Certificate is not one that Cluster:Tls:Authority has issued");
    }

    [Fact]
    public void One_of_two_authorities_will_do()
    {
        using var next = new TestAuthority("next");
        var (certificate, key) = next.Issue("silo");

        ClusterIdentity.From(new PemFiles(certificate, key, authority.Pem + "\n" + next.Pem));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        using var other = new TestAuthority();
        var (certificate, key) = authority.Issue("silo");
        var forClients = authority.Issue("silo", forServers: false);
        var forServers = authority.Issue("silo", forClients: false);
        var expired = authority.Issue("silo", until: DateTimeOffset.UtcNow.AddHours(-1));

        Refused(new PemFiles("", key, authority.Pem), "Cluster:Tls:Certificate has no certificate in PEM");
        Refused(new PemFiles(certificate, key, key), "Cluster:Tls:Authority has no certificate in PEM");
        Refused(new PemFiles("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", key, authority.Pem), "Cluster:Tls:Certificate is no file of certificates in PEM");
        Refused(new PemFiles(certificate, authority.Issue("silo").Key, authority.Pem), "Cluster:Tls:Key is not, in PEM and not encrypted, the private key of Cluster:Tls:Certificate");
        Refused(new PemFiles(certificate, "", authority.Pem), "Cluster:Tls:Key is not, in PEM and not encrypted, the private key of Cluster:Tls:Certificate");
        Refused(new PemFiles(certificate, key, other.Pem), "Cluster:Tls:Certificate is not one that Cluster:Tls:Authority has issued for servers");
        Refused(new PemFiles(forClients.Certificate, forClients.Key, authority.Pem), "Cluster:Tls:Certificate is not one that Cluster:Tls:Authority has issued for servers");
        Refused(new PemFiles(forServers.Certificate, forServers.Key, authority.Pem), "Cluster:Tls:Certificate is not one that Cluster:Tls:Authority has issued for clients");
        Refused(new PemFiles(expired.Certificate, expired.Key, authority.Pem), "Cluster:Tls:Certificate is not one that Cluster:Tls:Authority has issued for servers and that is valid now");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_by_its_setting()
    {
        using var files = new ClusterFiles(authority);
        var options = new ClusterTlsOptions { Certificate = files.Certificate, Key = files.Key, Authority = files.Authority };
        Assert.Equal(authority.Pem, PemFiles.Read(options).Authority);
        Assert.DoesNotContain("PRIVATE KEY", PemFiles.Read(options).ToString(), StringComparison.Ordinal);

        options.Key = files.Key + "-of-nobody";
        var refused = Assert.Throws<ValidationException>(() => PemFiles.Read(options));
        Assert.StartsWith($"Cluster:Tls:Key is '{options.Key}', and cannot be read: ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => authority.Dispose();

    private static void Refused(PemFiles files, string message)
    {
        var refused = Assert.Throws<ValidationException>(() => ClusterIdentity.From(files));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", refused.ToString(), StringComparison.Ordinal);
    }
}
