using System.ComponentModel.DataAnnotations;
using System.Net;

namespace OrleansChat.Authentication;

/// <summary>A proxy that says who its callers are; configuration section <c>Authentication:Proxy</c>. Off unless its networks and its secret are set.</summary>
internal sealed class ProxyOptions : IValidatableObject
{
    /// <summary>What stands in <see cref="Networks"/> for connections over a unix socket.</summary>
    public const string UnixSocket = "unix";

    // Nobody types it; 32 characters of a random text are more than 128 bits in any usual alphabet.
    private const int ShortestSecret = 32;

    private const string Section = SignInOptions.Section + ":Proxy";

    /// <summary>From where the proxy connects: networks such as <c>10.0.0.0/24</c>, or <c>unix</c>, with commas between.</summary>
    public string? Networks { get; set; }

    /// <summary>What the proxy proves itself by, in <see cref="SecretHeader"/>: 32 characters or more. Never logged.</summary>
    public string? Secret { get; set; }

    /// <summary>The header in which the proxy proves itself. Default: <c>X-Proxy-Secret</c>.</summary>
    public string SecretHeader { get; set; } = "X-Proxy-Secret";

    /// <summary>The header in which it says who the caller is. Default: <c>X-Forwarded-User</c>.</summary>
    public string OwnerHeader { get; set; } = "X-Forwarded-User";

    /// <summary>
    /// The header in which it may say what the caller may do; in requests without it that is to read and to write. Default: none, and nobody administers by
    /// the proxy's word: a proxy that knows nothing of such a header passes on what callers write into it.
    /// </summary>
    public string? ScopesHeader { get; set; }

    /// <summary>Whether there is such a proxy.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Networks) && !string.IsNullOrEmpty(Secret);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Networks) != string.IsNullOrEmpty(Secret))
        {
            yield return new ValidationResult($"{Section}:Networks and {Section}:Secret go together: a proxy is known by both, and neither is enough.");
        }

        if (Secret is { Length: > 0 and < ShortestSecret })
        {
            yield return new ValidationResult($"{Section}:Secret has {Secret.Length} characters, and takes {ShortestSecret} or more, made by chance.");
        }

        foreach (var network in Split(Networks).Where(network => network != UnixSocket && !IPNetwork.TryParse(network, out _)))
        {
            yield return new ValidationResult($"{Section}:Networks names '{network}', and takes networks such as 10.0.0.0/24 or 2001:db8::/64, or unix, with commas between.");
        }

        List<(string Key, string Header)> headers = [(nameof(SecretHeader), SecretHeader), (nameof(OwnerHeader), OwnerHeader)];
        if (ScopesHeader is not null)
        {
            headers.Add((nameof(ScopesHeader), ScopesHeader));
        }

        foreach (var (key, header) in headers)
        {
            if (header.Length == 0 || !header.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                yield return new ValidationResult($"{Section}:{key} is '{header}', and takes the name of a header.");
            }
        }

        if (headers.DistinctBy(each => each.Header, StringComparer.OrdinalIgnoreCase).Count() < headers.Count)
        {
            yield return new ValidationResult($"{Section}:SecretHeader, :OwnerHeader and :ScopesHeader are different headers.");
        }
    }

    /// <summary>The parts of a list with commas between.</summary>
    internal static string[] Split(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
