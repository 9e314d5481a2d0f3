using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;

namespace OrleansChat.Hosting;

/// <summary>
/// Mutual TLS on every connection between the cluster's processes: whoever connects and whoever is connected to shows a certificate of the
/// cluster's authority. Names do not matter, for processes have none that lasts.
/// </summary>
internal sealed partial class ClusterTls
{
    private readonly ClusterTlsOptions files;
    private readonly ILogger<ClusterTls> logger;
    private readonly Lock reading = new();
    private ClusterIdentity identity;

    /// <summary>Begins with what was read when the configuration was.</summary>
    public ClusterTls(ClusterTlsOptions files, ClusterIdentity identity, ILogger<ClusterTls> logger)
    {
        (this.files, this.identity, this.logger) = (files, identity, logger);
        LogIdentity(logger, identity.Certificate.Subject, identity.Certificate.NotAfter.ToUniversalTime());
    }

    /// <summary>What Orleans needs to know.</summary>
    public TlsOptions Options => new()
    {
        LocalCertificate = identity.Certificate,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = static (_, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
        OnAuthenticateAsServer = (_, tls) => Prepare((SslServerAuthenticationOptions)tls.SslServerAuthenticationOptions),
        OnAuthenticateAsClient = (_, tls) => Prepare((SslClientAuthenticationOptions)tls.SslClientAuthenticationOptions),
    };

    private void Prepare(SslServerAuthenticationOptions server)
    {
        var current = Current();
        server.ServerCertificateSelectionCallback = null;
        server.ServerCertificate = null;
        server.ServerCertificateContext = current.Context;
        server.CertificateChainPolicy = current.TrustInClients();
    }

    private void Prepare(SslClientAuthenticationOptions client)
    {
        var current = Current();
        client.LocalCertificateSelectionCallback = null;
        client.ClientCertificates = null;
        client.ClientCertificateContext = current.Context;
        client.CertificateChainPolicy = current.TrustInServers();
    }

    // Whatever renews certificates writes files, or turns links around, and not all at once; connections are few, and last. So each looks
    // whether the files say something else, and takes it when it fits together.
    private ClusterIdentity Current()
    {
        lock (reading)
        {
            try
            {
                var now = PemFiles.Read(files);
                if (now != identity.Files)
                {
                    identity = ClusterIdentity.From(now);
                    LogIdentity(logger, identity.Certificate.Subject, identity.Certificate.NotAfter.ToUniversalTime());
                }
            }
            catch (ValidationException e)
            {
                LogNotRenewed(logger, e.Message);
            }

            return identity;
        }
    }

    [LoggerMessage(LogLevel.Information, "Connections within the cluster take mutual TLS; the certificate here, {Subject}, is valid until {NotAfter:u}.")]
    private static partial void LogIdentity(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(LogLevel.Warning, "The files of Cluster:Tls have changed and do not fit, so the certificate stays as it was: {Mistake}")]
    private static partial void LogNotRenewed(ILogger logger, string mistake);
}
