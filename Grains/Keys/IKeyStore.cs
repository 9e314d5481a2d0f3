using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Keys;

/// <summary>
/// Keeps API keys, and what sessions and tickets are sealed with. Several processes may use it at the same time; each sees what another
/// has written as soon as that call has returned.
/// </summary>
/// <remarks>All methods throw <see cref="StorageUnavailableException"/> when the medium fails.</remarks>
public interface IKeyStore
{
    /// <summary>Within which time a key's uses are one use.</summary>
    public static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    /// <summary>Whether there is a key, or was one: none is ever deleted.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>The key with an id; null where there is none.</summary>
    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Keys, the newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The id after which to begin, itself excluded; null for the beginning. After one that does not exist there is nothing.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    Task<ImmutableArray<ApiKey>> ListAsync(int limit, string? after, CancellationToken cancellationToken);

    /// <summary>Stores a key, durably. One with this id that is stored already stays as it is.</summary>
    Task AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Marks a key as revoked, durably. What it was revoked at first stays.</summary>
    /// <returns>The key as it is then; null where there is none.</returns>
    Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Has a key expire at a time, durably, if it would not sooner.</summary>
    /// <returns>The key as it is then; null where there is none.</returns>
    Task<ApiKey?> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notes when a key was used, unless that was noted less than <see cref="UseResolution"/> before.</summary>
    Task UsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What sessions and tickets are sealed with, the oldest first.</summary>
    Task<ImmutableArray<SigningKey>> ReadSigningKeysAsync(CancellationToken cancellationToken);

    /// <summary>Adds to that, durably, if there are as many as the caller knows.</summary>
    /// <returns>Whether there were.</returns>
    Task<bool> AddSigningKeyAsync(SigningKey key, int known, CancellationToken cancellationToken);
}
