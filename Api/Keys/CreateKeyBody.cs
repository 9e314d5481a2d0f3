using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Keys;

/// <summary>The body of <c>POST /keys</c>.</summary>
internal sealed record CreateKeyBody : IRequestBody<CreateKeyBody>
{
    public static string Shape =>
        "{\"owner\"?: on whose behalf its holder acts, \"name\"?, \"scopes\"?: some of [\"read\", \"write\", \"admin\"], \"expires_at\"?: a time}";

    public static JsonTypeInfo<CreateKeyBody> TypeInfo => ApiJson.Default.CreateKeyBody;

    /// <summary>On whose behalf its holder acts; the caller's owner if it is missing.</summary>
    public string? Owner { get; init; }

    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>What its holder may do; to read and to write if it is missing.</summary>
    public ImmutableArray<string>? Scopes { get; init; }

    /// <summary>When it stops working; never if it is missing.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public void Validate()
    {
        Rules.Optional("name", Name, ApiKey.MaxName);
        if (Owner is not null && !OwnerId.TryParse(Owner, out _))
        {
            throw RequestReading.Invalid($"'owner' is 1 to {OwnerId.MaxLength} of the characters A-Z a-z 0-9 . _ - @, and starts with a letter or a digit.");
        }

        if (Scopes is { } words && (words.IsDefault || !Keys.Scopes.TryParse(words, out _)))
        {
            throw RequestReading.Invalid("'scopes' has one or more of 'read', 'write' and 'admin'.");
        }
    }

    /// <summary>Makes the key.</summary>
    public (string Text, ApiKey Key) Make(OwnerId caller, TimeProvider clock)
    {
        if (ExpiresAt <= clock.GetUtcNow())
        {
            throw RequestReading.Invalid("'expires_at' is a time to come.");
        }

        var owner = OwnerId.TryParse(Owner, out var parsed) ? parsed : caller;
        var scopes = Scopes is { } words && Keys.Scopes.TryParse(words, out var some) ? some : Scope.Write;
        return ApiKey.Make(Name ?? "", owner, scopes, ExpiresAt, clock);
    }
}
