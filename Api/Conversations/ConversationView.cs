using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Search;

namespace OrleansChat.Conversations;

/// <summary>A conversation as the native API shows it; in lists without its head and running reply.</summary>
internal sealed record ConversationView(
    string Id,
    string? Title,
    string Model,
    string? System,
    ImmutableSortedDictionary<string, string> Metadata,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    ConversationStatus Status,
    long Sequence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Head = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reply = null)
{
    /// <summary>Whether it is kept for a short while only; missing where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Transient { get; init; }

    /// <summary>Where it matches; only in what a search found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MatchView? Match { get; init; }

    /// <summary>Shows what a search found.</summary>
    public static ConversationView Of(ConversationMatch found) =>
        Of(found.Conversation) with { Match = new MatchView(found.Message, found.Snippet) };

    /// <summary>Shows a conversation.</summary>
    public static ConversationView Of(Conversation conversation) => new(
        conversation.Id.Value,
        conversation.Title,
        conversation.Model,
        conversation.System,
        conversation.Metadata,
        conversation.CreatedAt,
        conversation.UpdatedAt,
        conversation.Status,
        conversation.Sequence,
        conversation.Head,
        conversation.Reply)
    {
        Transient = conversation.IsTransient,
    };
}
