using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansChat.Keys;

/// <summary>What an administrator sees of a key.</summary>
/// <param name="Id">Its id, which is also the middle part of the key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">On whose behalf its holder acts.</param>
/// <param name="Scopes">What he may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="LastUsedAt">When it was last used, give or take a minute.</param>
internal sealed record KeyView(
    string Id,
    string Name,
    string Owner,
    ImmutableArray<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    /// <summary>The key itself, which is nowhere else: in the answer to who has just made it; missing everywhere else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The view of a key.</summary>
    public static KeyView Of(ApiKey key) =>
        new(key.Id, key.Name, key.Owner.Value, key.Scopes.ToWords(), key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => Id;
}

/// <summary>A page of keys.</summary>
/// <param name="Data">The keys, the newest first.</param>
/// <param name="HasMore">Whether there are older ones.</param>
internal sealed record KeyListView(ImmutableArray<KeyView> Data, bool HasMore);
