using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrleansChat.Limiting;

namespace OrleansChat.Hosting;

/// <summary>Finds limits of owners that are misspelt, and would not limit anything.</summary>
internal sealed class LimitCheck(IConfiguration configuration) : IValidateOptions<LimitOptions>
{
    private static readonly string[] Names = [.. typeof(OwnerLimitOptions).GetProperties().Select(property => property.Name)];

    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var limits = configuration.GetSection(LimitOptions.Section);
        var mistakes = limits.GetSection(nameof(LimitOptions.Owners)).GetChildren()
            .Append(limits.GetSection(nameof(LimitOptions.Owner)))
            .SelectMany(owner => owner.GetChildren())
            .Where(limit => !Names.Contains(limit.Key, StringComparer.OrdinalIgnoreCase))
            .Select(limit => $"{limit.Path}: there is no such limit. There are: {string.Join(", ", Names)}.")
            .ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
