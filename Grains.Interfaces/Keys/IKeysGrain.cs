using OrleansChat.Conversations;

namespace OrleansChat.Keys;

/// <summary>
/// Answers API nodes, which have no store, from the store of keys, as it is at the time of each call. Key 0. It is of the whole server and of no owner, so its calls carry no
/// caller: only a node that lets callers in makes them, before it knows who that is, or for whom has the scope <c>admin</c>.
/// </summary>
[Alias("OrleansChat.IKeysGrain")]
public interface IKeysGrain : IGrainWithIntegerKey
{
    /// <summary>Whether there is a key, or was one.</summary>
    [Alias("Any"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<bool> Any();

    /// <summary>The key with an id; null where there is none.</summary>
    [Alias("Find"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ApiKey?> Find(string id);

    /// <summary>The keys, the newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The id after which the page starts, itself excluded; null for the beginning.</param>
    [Alias("List"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<KeyPage> List(int limit, string? after);

    /// <summary>Stores a key; the same one again is stored already.</summary>
    [Alias("Add"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task Add(ApiKey key);

    /// <summary>Revokes a key; safe to repeat.</summary>
    /// <returns>The key; null where there is none.</returns>
    [Alias("Revoke"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ApiKey?> Revoke(string id);

    /// <summary>Notes that a key was used just now. What is noted twice within a minute is noted once.</summary>
    [Alias("Used"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task Used(string id);
}
