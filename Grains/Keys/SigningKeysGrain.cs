using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansChat.Keys;

/// <summary>Answers from the store, which also decides who comes first.</summary>
[StatelessWorker, Reentrant]
internal sealed class SigningKeysGrain(IKeyStore store) : Grain, ISigningKeysGrain
{
    public Task<ImmutableArray<SigningKey>> Read() => store.ReadSigningKeysAsync(CancellationToken.None);

    public Task<bool> Add(SigningKey key, int known) => store.AddSigningKeyAsync(key, known, CancellationToken.None);
}
