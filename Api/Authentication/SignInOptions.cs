using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Authentication;

/// <summary>How callers sign in; configuration section <c>Authentication</c>.</summary>
internal sealed class SignInOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Authentication";

    /// <summary>
    /// Whether callers sign in by keys. Default: whether a key was ever made in the store. Where neither this nor
    /// <see cref="Proxy"/> lets anybody in, whoever is on this machine is the owner <c>local</c>.
    /// </summary>
    public bool? Keys { get; set; }

    /// <summary>Within which time a key that is revoked stops working everywhere, 100 ms to 1 minute. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = Section + ":{0} is a time from {1} to {2}.")]
    public TimeSpan Recheck { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A proxy that says who its callers are.</summary>
    public ProxyOptions Proxy { get; set; } = new();

    /// <summary>Sessions of browsers.</summary>
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>Tickets for streams.</summary>
    public TicketOptions Tickets { get; set; } = new();

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var results = new List<ValidationResult>();
        foreach (var part in new object[] { Proxy, Sessions, Tickets })
        {
            Validator.TryValidateObject(part, new ValidationContext(part), results, validateAllProperties: true);
        }

        return results;
    }
}
