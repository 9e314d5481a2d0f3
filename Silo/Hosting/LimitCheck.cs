using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrleansChat.Limiting;

namespace OrleansChat.Hosting;

/// <summary>Finds limits that are misspelt, and would not limit anything.</summary>
internal sealed class LimitCheck(IConfiguration configuration) : IValidateOptions<LimitOptions>
{
    /// <summary>The names of the limits that only API nodes keep to. Silos know them because all of a cluster have the same configuration.</summary>
    public static readonly IReadOnlyList<string> OfTheEdge =
    [
        "Connections", "ConnectionsPerAddress", "IdleTimeout", "HeaderTimeout", "BodyRate", "BodyGrace", "BodyTimeout", "BodyMemory", "SlowReaderRate", "SlowReaderGrace",
    ];

    private static readonly string[] Names = [.. NamesOf<LimitOptions>(), .. OfTheEdge];
    private static readonly string[] OwnerNames = NamesOf<OwnerLimitOptions>();

    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var limits = configuration.GetSection(LimitOptions.Section);
        var owners = limits.GetSection(nameof(LimitOptions.Owners)).GetChildren().Append(limits.GetSection(nameof(LimitOptions.Owner)));
        string[] mistakes =
        [
            .. Unknown(limits.GetChildren(), Names),
            .. Unknown(owners.SelectMany(owner => owner.GetChildren()), OwnerNames),
        ];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static string[] NamesOf<T>() => [.. typeof(T).GetProperties().Select(property => property.Name)];

    private static IEnumerable<string> Unknown(IEnumerable<IConfigurationSection> limits, string[] known) => limits
        .Where(limit => !known.Contains(limit.Key, StringComparer.OrdinalIgnoreCase))
        .Select(limit => $"{limit.Path}: there is no such limit. There are: {string.Join(", ", known)}.");
}
