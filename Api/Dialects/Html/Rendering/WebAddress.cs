using System.Diagnostics.CodeAnalysis;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Addresses that links may lead to.</summary>
internal static class WebAddress
{
    // What browsers, servers and proxies agree on at least.
    private const int MaxLength = 2000;

    /// <summary>
    /// Reads an address of the web or of mail. Browsers pass over control characters, white space and much else in schemes, so an
    /// address with any of that is none; what comes out is normalised and means the same to everybody.
    /// </summary>
    /// <param name="text">The address as written, entities decoded.</param>
    /// <param name="address">The address, absolute; not yet escaped for HTML.</param>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? address)
    {
        address = null;
        if (text is null or { Length: > MaxLength } || text.AsSpan().ContainsAnyInRange('\0', ' ') || text.Any(IsOdd)
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return false;
        }

        // No names before the host: they serve to show another one.
        var isWeb = (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
        if (!isWeb && uri.Scheme != Uri.UriSchemeMailto)
        {
            return false;
        }

        address = uri.AbsoluteUri;
        return address.StartsWith(uri.Scheme + ":", StringComparison.Ordinal) && address.Length <= MaxLength * 3;
    }

    // Format characters turn the direction of text, or cannot be seen at all.
    private static bool IsOdd(char character) => character is '\\' or '\uFFFD' || char.IsControl(character) || char.IsSurrogate(character)
        || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.Format;
}
