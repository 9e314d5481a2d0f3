using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Hosting;

/// <summary>What the files of <see cref="ClusterTlsOptions"/> hold.</summary>
/// <param name="Certificate">The own certificate, and those after it.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Authority">Whose certificates count.</param>
internal sealed record PemFiles(string Certificate, string Key, string Authority)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="ValidationException">One cannot be read.</exception>
    public static PemFiles Read(ClusterTlsOptions options) => new(
        Read(nameof(options.Certificate), options.Certificate!), Read(nameof(options.Key), options.Key!), Read(nameof(options.Authority), options.Authority!));

    // The record would tell it to whoever logs it.
    public override string ToString() => nameof(PemFiles);

    private static string Read(string name, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ValidationException($"Cluster:Tls:{name} is '{path}', and cannot be read: {e.Message}", e);
        }
    }
}
