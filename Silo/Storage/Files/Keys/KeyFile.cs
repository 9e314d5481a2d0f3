using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Keys;

namespace OrleansChat.Storage.Files.Keys;

/// <summary>A key as its file has it.</summary>
internal sealed record KeyFile(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Owner,
    [property: JsonRequired] ImmutableArray<string> Scopes,
    [property: JsonRequired] string Sha256,
    [property: JsonRequired] DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    /// <summary>What is written of a key.</summary>
    public static KeyFile Of(ApiKey key) => new(
        key.Id, key.Name, key.Owner.Value, key.Scopes.ToWords(), Convert.ToHexStringLower(key.Hash.AsSpan()), key.CreatedAt, key.ExpiresAt, key.RevokedAt);

    /// <summary>The key; null where something in it cannot be.</summary>
    public ApiKey? Read()
    {
        if (!KeyText.IsId(Id) || !OwnerId.TryParse(Owner, out var owner) || !OrleansChat.Keys.Scopes.TryParse(Scopes, out var scopes) || Sha256.Length != 64)
        {
            return null;
        }

        return new ApiKey(Id, Name, owner, scopes, [.. Convert.FromHexString(Sha256)], CreatedAt, ExpiresAt) { RevokedAt = RevokedAt };
    }
}

/// <summary>How such files are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
