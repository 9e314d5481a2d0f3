using System.Globalization;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>
/// The name of an owner's folder: the owner's id, where that is safe. Many file systems take <c>Ann</c> for <c>ann</c>, and
/// Windows takes <c>ann.</c> for <c>ann</c>; two owners must never share a folder. So an id with capitals or a final dot becomes
/// lower case, a plus, and the positions of its capitals as a hexadecimal bit mask: <c>Ann</c> is <c>ann+1</c>.
/// </summary>
internal static class OwnerFolder
{
    // In no owner id.
    private const char Mark = '+';

    /// <summary>The folder of an owner.</summary>
    public static string NameOf(OwnerId owner)
    {
        var name = owner.Value;
        var capitals = UInt128.Zero;
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]))
            {
                capitals |= UInt128.One << i;
            }
        }

        return capitals == 0 && name[^1] != '.' ? name : $"{name.ToLowerInvariant()}{Mark}{capitals:x}";
    }

    /// <summary>The owner of a folder; false when it is not named by <see cref="NameOf"/>.</summary>
    public static bool TryParse(string folder, out OwnerId owner)
    {
        var mark = folder.IndexOf(Mark, StringComparison.Ordinal);
        var name = mark < 0 ? folder : WithCapitals(folder[..mark], folder[(mark + 1)..]);
        return OwnerId.TryParse(name, out owner) && NameOf(owner) == folder;
    }

    private static string? WithCapitals(string lower, string mask) =>
        UInt128.TryParse(mask, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var capitals)
            ? string.Create(lower.Length, (lower, capitals), static (name, from) =>
            {
                for (var i = 0; i < name.Length; i++)
                {
                    var capital = i < 128 && ((from.capitals >> i) & 1) == 1;
                    name[i] = capital ? char.ToUpperInvariant(from.lower[i]) : from.lower[i];
                }
            })
            : null;
}
