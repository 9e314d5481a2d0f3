using System.Diagnostics.CodeAnalysis;

namespace OrleansChat.Conversations;

/// <summary>The key of a conversation's grain, journal and feed: <c>owner/id</c>.</summary>
/// <param name="Owner">Whose conversation it is.</param>
/// <param name="Id">Which of the owner's conversations it is.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ConversationKey")]
public readonly record struct ConversationKey([property: Id(0)] OwnerId Owner, [property: Id(1)] ConversationId Id)
{
    /// <summary>Reads a key; false when either part is malformed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConversationKey key)
    {
        key = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0
            || !OwnerId.TryParse(text![..slash], out var owner)
            || !ConversationId.TryParse(text[(slash + 1)..], out var id))
        {
            return false;
        }

        key = new ConversationKey(owner, id);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Owner.Value}/{Id.Value}";
}
