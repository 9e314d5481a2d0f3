using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Testing.Certificates;

/// <summary>The files by which a process of a cluster proves that it is one.</summary>
public sealed class ClusterFiles : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    /// <summary>Writes the files of one who has a certificate of an authority.</summary>
    /// <param name="authority">Who issues the certificate.</param>
    /// <param name="trusted">Whose certificates it takes, in PEM; null for that authority's.</param>
    /// <param name="name">Whose certificate it is.</param>
    public ClusterFiles(TestAuthority authority, string? trusted = null, string name = "orleanschat")
    {
        Write(authority.Issue(name));
        File.WriteAllText(Authority, trusted ?? authority.Pem);
    }

    /// <summary>Where its certificate is.</summary>
    public string Certificate => Path.Combine(directory.Path, "tls.crt");

    /// <summary>Where its key is.</summary>
    public string Key => Path.Combine(directory.Path, "tls.key");

    /// <summary>Where the authority's certificate is.</summary>
    public string Authority => Path.Combine(directory.Path, "ca.crt");

    /// <summary>The settings, as environment variables, that have a process use them.</summary>
    public (string Name, string Value)[] Settings =>
        [("Cluster__Tls__Certificate", Certificate), ("Cluster__Tls__Key", Key), ("Cluster__Tls__Authority", Authority)];

    /// <summary>Replaces certificate and key.</summary>
    public void Write((string Certificate, string Key) issued)
    {
        Secrets.Keep(issued.Key);
        File.WriteAllText(Key, issued.Key);
        File.WriteAllText(Certificate, issued.Certificate);
    }

    /// <inheritdoc />
    public void Dispose() => directory.Dispose();
}
