using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OrleansChat.Keys;

/// <summary>
/// API keys as their holders have them: <c>oc_</c>, an id of 12 characters by which they are found, <c>_</c>, and 256 random bits in
/// 43 characters of base64url.
/// </summary>
public static class KeyText
{
    private const string Prefix = "oc_";
    private const string IdCharacters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdLength = 12;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    /// <summary>Makes a key.</summary>
    public static string Make(out string id)
    {
        id = RandomNumberGenerator.GetString(IdCharacters, IdLength);
        return $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
    }

    /// <summary>Whether a text is what an id of a key looks like.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) => text is { Length: IdLength } && text.All(IdCharacters.Contains);

    /// <summary>Finds the id in a key; false for what is no key.</summary>
    public static bool TryReadId([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (text?.Length != Prefix.Length + IdLength + 1 + SecretLength
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + IdLength] != '_'
            || !Base64Url.IsValid(text.AsSpan(^SecretLength..)))
        {
            return false;
        }

        var found = text.Substring(Prefix.Length, IdLength);
        id = IsId(found) ? found : null;
        return id is not null;
    }

    /// <summary>
    /// What is stored of a key. One round of SHA-256 is enough, and quick: nobody guesses 256 bits, which is what slow hashes are against.
    /// </summary>
    public static ImmutableArray<byte> HashOf(string text) =>
        ImmutableCollectionsMarshal.AsImmutableArray(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
