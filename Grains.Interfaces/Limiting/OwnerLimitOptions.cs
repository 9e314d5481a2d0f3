using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Limiting;

/// <summary>How much an owner may have and do in the whole cluster. 0: as much as he likes; null: as elsewhere.</summary>
public sealed class OwnerLimitOptions
{
    private const string Rule = "{0} must be from {1} to {2}, 0 for no limit.";

    /// <summary>How many of his replies may run at once, up to 100,000.</summary>
    [Range(0, 100_000, ErrorMessage = Rule)]
    public int? ConcurrentReplies { get; set; }

    /// <summary>How many requests he may make in a minute, up to 10,000,000.</summary>
    [Range(0, 10_000_000, ErrorMessage = Rule)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>How many of his connections may follow something or wait for a reply at once, up to 100,000.</summary>
    [Range(0, 100_000, ErrorMessage = Rule)]
    public int? Connections { get; set; }

    /// <summary>How many tokens his replies may cost in a day (UTC), read and written together, up to 1,000,000,000,000.</summary>
    [Range(0, 1_000_000_000_000, ErrorMessage = Rule)]
    public long? TokensPerDay { get; set; }

    internal static OwnerLimitOptions None { get; } = new();

    internal OwnerLimits ToLimits() => Or(None);

    internal OwnerLimits Or(OwnerLimitOptions rest) => new(
        OrNull(ConcurrentReplies ?? rest.ConcurrentReplies),
        OrNull(RequestsPerMinute ?? rest.RequestsPerMinute),
        OrNull(Connections ?? rest.Connections),
        (TokensPerDay ?? rest.TokensPerDay) is > 0 and var tokens ? tokens : null);

    internal IEnumerable<string> FindMistakes(string section)
    {
        var mistakes = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), mistakes, validateAllProperties: true);
        return mistakes.Select(mistake => $"{section}:{mistake.ErrorMessage}");
    }

    private static int? OrNull(int? limit) => limit is > 0 ? limit : null;
}
