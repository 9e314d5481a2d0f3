using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Keys;

namespace OrleansChat.Limiting;

/// <summary>
/// Says for grains how an owner is limited. The owner <c>local</c>, whose machine it is, is not, until people sign in, of whom one may have a key of that owner.
/// Grains do not know whether they do; but where there was never a key, nobody came by one.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="keys">The keys.</param>
/// <param name="needsKeys">Whether everybody needs a key; null where that depends on whether there is one.</param>
/// <param name="clock">The time.</param>
internal sealed class LocalOwner(IOptions<LimitOptions> options, IKeyStore keys, bool? needsKeys, TimeProvider clock)
{
    // Where thousands of conversations wake up, not each of them asks.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private volatile Answer? answer;

    /// <summary>How an owner is limited now.</summary>
    /// <exception cref="StorageUnavailableException">The keys cannot be read.</exception>
    public async ValueTask<OwnerLimits> LimitsOfAsync(OwnerId owner, CancellationToken cancellationToken) =>
        options.Value.For(owner, nobodySignsIn: owner == OwnerId.Local && !(needsKeys ?? await AnyKeyAsync(cancellationToken)));

    private async ValueTask<bool> AnyKeyAsync(CancellationToken cancellationToken)
    {
        // Keys are revoked, and never deleted: once there was one, there was one.
        if (answer is not { } last || (!last.Any && clock.GetElapsedTime(last.At) >= Freshness))
        {
            answer = last = new Answer(await keys.AnyAsync(cancellationToken), clock.GetTimestamp());
        }

        return last.Any;
    }

    private sealed record Answer(bool Any, long At);
}
