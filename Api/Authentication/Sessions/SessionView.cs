using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>Who the caller is.</summary>
/// <param name="Owner">On whose behalf he acts.</param>
/// <param name="Scopes">What he may do: <c>read</c>, <c>write</c>, <c>admin</c>.</param>
/// <param name="SignedInBy">By what he was let in: <c>local</c>, <c>key</c>, <c>session</c> or <c>proxy</c>.</param>
/// <param name="ExpiresAt">When that ends; missing for never.</param>
internal sealed record SessionView(
    string Owner,
    ImmutableArray<string> Scopes,
    string SignedInBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt)
{
    /// <summary>What a caller is told of himself.</summary>
    public static SessionView Of(CallerIdentity caller) =>
        new(caller.Owner.Value, caller.Scopes.ToWords(), caller.SignedInBy.ToString().ToLowerInvariant(), caller.ExpiresAt);
}
