using System.Diagnostics.CodeAnalysis;
using OrleansChat.Owners;

namespace OrleansChat.Conversations;

/// <summary>From the id in a route to the grain.</summary>
internal static class ConversationLookup
{
    /// <summary>The grain of the caller's conversation with this id; false when the id is malformed, so that there can be none.</summary>
    public static bool TryGetConversation(
        this IGrainFactory grains,
        HttpContext context,
        string id,
        [NotNullWhen(true)] out IConversationGrain? grain,
        out ConversationKey key)
    {
        key = default;
        grain = null;
        if (!ConversationId.TryParse(id, out var parsed))
        {
            return false;
        }

        key = new ConversationKey(context.Owner(), parsed);
        grain = grains.GetGrain<IConversationGrain>(key.ToString());
        return true;
    }
}
