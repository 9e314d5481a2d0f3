using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansChat.Hosting;

/// <summary>What a process of the cluster shows the others, and what it takes from them.</summary>
internal sealed class ClusterIdentity
{
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12
    private static readonly Oid Server = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid Client = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2Collection trusted;

    private ClusterIdentity(PemFiles files, X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection trusted)
    {
        this.trusted = trusted;
        (Files, Certificate) = (files, certificate);
        Context = SslStreamCertificateContext.Create(certificate, between, offline: true);
    }

    /// <summary>What it was read from.</summary>
    public PemFiles Files { get; }

    /// <summary>The own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The same as it is shown: with the certificates between it and the authority.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Makes one of what files hold.</summary>
    /// <exception cref="ValidationException">They do not hold it, or the others would not take it.</exception>
    public static ClusterIdentity From(PemFiles files)
    {
        var authority = Read(nameof(ClusterTlsOptions.Authority), files.Authority);
        var chain = Read(nameof(ClusterTlsOptions.Certificate), files.Certificate);
        var certificate = WithKey(files);
        chain.RemoveAt(0);
        var identity = new ClusterIdentity(files, certificate, chain, authority);
        identity.Check(chain);
        return identity;
    }

    /// <summary>How a client's certificate is judged; its own each time, for a handshake adds to it.</summary>
    public X509ChainPolicy TrustInClients() => Trust(Client);

    /// <summary>How a server's certificate is judged.</summary>
    public X509ChainPolicy TrustInServers() => Trust(Server);

    private static X509Certificate2Collection Read(string name, string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new ValidationException($"Cluster:Tls:{name} is no file of certificates in PEM: {e.Message}", e);
        }

        return certificates.Count > 0 ? certificates : throw new ValidationException($"Cluster:Tls:{name} has no certificate in PEM (-----BEGIN CERTIFICATE-----).");
    }

    private static X509Certificate2 WithKey(PemFiles files)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPem(files.Certificate, files.Key);

            // As read, Windows has the key for as long as it likes.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ValidationException($"Cluster:Tls:Key is not, in PEM and not encrypted, the private key of Cluster:Tls:Certificate: {e.Message}", e);
        }
    }

    private X509ChainPolicy Trust(Oid purpose)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(trusted);
        policy.ApplicationPolicy.Add(purpose);
        return policy;
    }

    // Said at the start, where it is read; the others would only say that authentication failed.
    private void Check(X509Certificate2Collection between)
    {
        foreach (var (policy, use) in new[] { (TrustInServers(), "servers"), (TrustInClients(), "clients") })
        {
            using var chain = new X509Chain { ChainPolicy = policy };
            policy.ExtraStore.AddRange(between);
            if (!chain.Build(Certificate))
            {
                var reasons = string.Join(" ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct(StringComparer.Ordinal));
                throw new ValidationException(
                    $"Cluster:Tls:Certificate is not one that Cluster:Tls:Authority has issued for {use} and that is valid now: {reasons}");
            }
        }
    }
}
