using Orleans.Concurrency;

namespace OrleansChat.Keys;

/// <summary>
/// Answers from the store; holds nothing, so what anybody revokes is revoked with the next call, and no call waits for another: all whom a node does not
/// know yet come through here.
/// </summary>
[StatelessWorker, Reentrant]
internal sealed class KeysGrain(IKeyStore store, TimeProvider clock) : Grain, IKeysGrain
{
    public Task<bool> Any() => store.AnyAsync(CancellationToken.None);

    public Task<ApiKey?> Find(string id) => store.FindAsync(id, CancellationToken.None);

    public async Task<KeyPage> List(int limit, string? after)
    {
        var found = await store.ListAsync(limit + 1, after, CancellationToken.None);
        return found.Length > limit ? new KeyPage(found[..limit], HasMore: true) : new KeyPage(found, HasMore: false);
    }

    public Task Add(ApiKey key) => store.AddAsync(key, CancellationToken.None);

    public Task<ApiKey?> Revoke(string id) => store.RevokeAsync(id, clock.GetUtcNow(), CancellationToken.None);

    public Task Used(string id) => store.UsedAsync(id, clock.GetUtcNow(), CancellationToken.None);
}
