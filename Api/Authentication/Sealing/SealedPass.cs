using System.Text.Json.Serialization;

namespace OrleansChat.Authentication;

/// <summary>What a session's cookie or a ticket says, for this server alone to read.</summary>
/// <param name="By">By what whoever asked for it was let in.</param>
/// <param name="Owner">On whose behalf he acted.</param>
/// <param name="Key">The key behind it; null where there was none.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Conversation">The one conversation that it is good for; null for a session.</param>
/// <param name="Shown">
/// The key itself, of which the store has only the hash; null for a ticket. Whoever reads the store has what passes are sealed with, and could make sessions of any
/// key if they took no more than that.
/// </param>
internal sealed record SealedPass(SignedInBy By, string Owner, string? Key, DateTimeOffset ExpiresAt, string? Conversation = null, string? Shown = null)
{
    /// <summary>Nothing of the key.</summary>
    public override string ToString() => nameof(SealedPass);
}

/// <summary>How it is written before it is sealed.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SealedPass))]
internal sealed partial class SealedPassJson : JsonSerializerContext;
