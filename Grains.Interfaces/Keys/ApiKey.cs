using System.Collections.Immutable;
using System.Security.Cryptography;
using OrleansChat.Conversations;

namespace OrleansChat.Keys;

/// <summary>What is known of an API key; not the key itself, which only its holder has.</summary>
/// <param name="Id">What tells it from all others; the middle part of the key.</param>
/// <param name="Name">What people call it, up to <see cref="MaxName"/> characters.</param>
/// <param name="Owner">On whose behalf its holder acts.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="Hash">The key's SHA-256.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ApiKey")]
public sealed record ApiKey(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] OwnerId Owner,
    [property: Id(3)] Scope Scopes,
    [property: Id(4)] ImmutableArray<byte> Hash,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] DateTimeOffset? ExpiresAt)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 100;

    /// <summary>When it was revoked; null where it was not.</summary>
    [Id(7)]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, give or take a minute; null for never.</summary>
    [Id(8)]
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Makes a key.</summary>
    /// <returns>The key itself, which is nowhere else, and what is to be stored of it.</returns>
    public static (string Text, ApiKey Key) Make(string name, OwnerId owner, Scope scopes, DateTimeOffset? expiresAt, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var text = KeyText.Make(out var id);
        return (text, new ApiKey(id, name, owner, scopes.Expand(), KeyText.HashOf(text), Milliseconds(clock.GetUtcNow()), Milliseconds(expiresAt)));
    }

    /// <summary>Whether somebody who shows <paramref name="text"/> holds this key. Takes the same time whatever is shown.</summary>
    public bool IsHeldBy(string text) => CryptographicOperations.FixedTimeEquals(KeyText.HashOf(text).AsSpan(), Hash.AsSpan());

    /// <summary>Whether it works at a time.</summary>
    public bool IsGood(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    // What databases keep of times is not all of it.
    private static DateTimeOffset? Milliseconds(DateTimeOffset? time) => time is { } some ? Milliseconds(some) : null;

    private static DateTimeOffset Milliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>The key's id, and nothing else of it: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => Id;
}
