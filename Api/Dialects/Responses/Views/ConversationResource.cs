using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Turns;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>A conversation as this dialect shows it.</summary>
internal sealed record ConversationResource(string Id, long CreatedAt, ImmutableSortedDictionary<string, string> Metadata)
{
    public string Object { get; } = "conversation";

    /// <summary>Shows a conversation.</summary>
    public static ConversationResource Of(Conversation conversation) =>
        new(conversation.Id.Value, conversation.CreatedAt.ToUnixTimeSeconds(), ImplicitConversations.MetadataOf(conversation));
}
