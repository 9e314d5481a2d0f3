using Microsoft.Extensions.Options;

namespace OrleansChat.Edge.CrossOrigins;

/// <summary>Refuses origins that no browser sends, which would allow nothing, and those that would allow anybody.</summary>
internal sealed class ValidateCrossOrigins : IValidateOptions<CrossOriginOptions>
{
    public ValidateOptionsResult Validate(string? name, CrossOriginOptions options)
    {
        var mistakes = options.Origins
            .Select((origin, index) => (origin, index))
            .Where(each => !IsOrigin(each.origin))
            .Select(each => $"{CrossOriginOptions.Section}:{nameof(options.Origins)}:{each.index} is '{each.origin}'; it takes an origin as browsers send it, such as https://chat.example.org or http://localhost:3000: no path, no slash at the end, no wildcard.")
            .ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority) == origin
        && uri.UserInfo.Length == 0
        && !origin.Contains('*', StringComparison.Ordinal);
}
