namespace OrleansChat.Hosting;

/// <summary>
/// Mutual TLS between the processes of a cluster; configuration section <c>Cluster:Tls</c>. All of its files, or none: by default the
/// processes trust their network. Files in PEM, read again when a connection is made after they have changed.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>The process's own certificate, for servers and for clients, followed by those between it and the authority, if there are such.</summary>
    public string? Certificate { get; set; }

    /// <summary>The certificate's private key, not encrypted.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// The authority that issues the certificates of the cluster's processes, and none to anybody else: whoever has one of its certificates
    /// is let in. During a change from one authority to another, both.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>Whether anything is configured.</summary>
    internal bool IsOn => Settings.Any(setting => setting.Path is not null);

    /// <summary>What is missing.</summary>
    internal IEnumerable<string> Missing => Settings.Where(setting => setting.Path is null).Select(setting => $"Cluster:Tls:{setting.Name}");

    private IEnumerable<(string Name, string? Path)> Settings =>
        new[] { (nameof(Certificate), Certificate), (nameof(Key), Key), (nameof(Authority), Authority) }
            .Select(setting => (setting.Item1, string.IsNullOrWhiteSpace(setting.Item2) ? null : setting.Item2));
}
