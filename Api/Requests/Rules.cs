using System.Collections.Immutable;

namespace OrleansChat.Requests;

/// <summary>Rules that several request bodies share. Each throws with a message that names the property and what is allowed.</summary>
internal static class Rules
{
    /// <summary>A text that may be missing, up to a length.</summary>
    public static void Optional(string property, string? value, int longest)
    {
        if (value is not null && value.Length > longest)
        {
            throw RequestReading.Invalid($"'{property}' has {value.Length} characters; {longest} are allowed.");
        }
    }

    /// <summary>A text that says something, up to a length.</summary>
    public static void Required(string property, string? value, int longest)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw RequestReading.Invalid($"'{property}' is missing or blank; it takes 1 to {longest} characters.");
        }

        Optional(property, value, longest);
    }

    /// <summary>Metadata: a few short texts by short keys.</summary>
    public static void Metadata(ImmutableSortedDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        if (metadata.Count > Limits.MetadataPairs)
        {
            throw RequestReading.Invalid($"'metadata' has {metadata.Count} pairs; {Limits.MetadataPairs} are allowed.");
        }

        foreach (var (key, value) in metadata)
        {
            if (key.Length == 0 || key.Length > Limits.MetadataKey)
            {
                throw RequestReading.Invalid($"A key of 'metadata' has {key.Length} characters; 1 to {Limits.MetadataKey} are allowed.");
            }

            if (value is null)
            {
                throw RequestReading.Invalid($"'metadata.{key}' is null; it takes a text. Leave the key out to remove it.");
            }

            Optional($"metadata.{key}", value, Limits.MetadataValue);
        }
    }
}
