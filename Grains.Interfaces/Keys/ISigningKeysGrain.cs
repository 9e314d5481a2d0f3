using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Keys;

/// <summary>Keeps, in the store, what sessions and tickets are sealed with, for all API nodes. Key 0.</summary>
[Alias("OrleansChat.ISigningKeysGrain")]
public interface ISigningKeysGrain : IGrainWithIntegerKey
{
    /// <summary>All keys, the oldest first.</summary>
    [Alias("Read"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ImmutableArray<SigningKey>> Read();

    /// <summary>Adds a key to those that the caller knows.</summary>
    /// <param name="key">The key.</param>
    /// <param name="known">How many keys the caller knows.</param>
    /// <returns>Whether it was added. Where another node came first it was not: two nodes must not each seal with a key of their own.</returns>
    [Alias("Add"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<bool> Add(SigningKey key, int known);
}
