using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansChat.Testing.Certificates;

/// <summary>An authority that issues the certificates of one test.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    /// <summary>Makes one.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="parent">Who vouches for it; null for itself.</param>
    public TestAuthority(string name = "Test authority", TestAuthority? parent = null)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        certificate = parent is null ? request.CreateSelfSigned(from, to) : request.Create(parent.certificate.SubjectName, parent.Signer, from, to, NewSerial());
    }

    /// <summary>Its certificate in PEM.</summary>
    public string Pem => certificate.ExportCertificatePem();

    private X509SignatureGenerator Signer => X509SignatureGenerator.CreateForECDsa(key);

    /// <summary>Issues a certificate, and returns it and its key in PEM.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="forServers">Whether servers may show it.</param>
    /// <param name="forClients">Whether clients may show it.</param>
    /// <param name="until">When it ends to be valid; null for in a few days.</param>
    public (string Certificate, string Key) Issue(string name, bool forServers = true, bool forClients = true, DateTimeOffset? until = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var uses = new OidCollection();
        if (forServers)
        {
            uses.Add(new Oid(ForServers));
        }

        if (forClients)
        {
            uses.Add(new Oid(ForClients));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, critical: false));
        using var issued = request.Create(
            certificate.SubjectName, Signer, DateTimeOffset.UtcNow.AddHours(-2), until ?? DateTimeOffset.UtcNow.AddDays(7), NewSerial());
        return (issued.ExportCertificatePem(), own.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    private static byte[] NewSerial() => RandomNumberGenerator.GetBytes(12);
}
