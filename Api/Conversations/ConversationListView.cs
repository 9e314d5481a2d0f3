using System.Text.Json.Serialization;

namespace OrleansChat.Conversations;

/// <summary>A page of conversations, newest first.</summary>
/// <param name="Data">The conversations.</param>
/// <param name="HasMore">Whether there are more in the direction of paging; after a search, also where none of them may match.</param>
/// <param name="Next">The <c>after</c> with which a search goes on; only where there is more.</param>
internal sealed record ConversationListView(
    IReadOnlyList<ConversationView> Data,
    bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null);

/// <summary>Where a conversation matches a search.</summary>
/// <param name="Message">The message's id; null for the title.</param>
/// <param name="Snippet">What stands around the first word found.</param>
internal sealed record MatchView(string? Message, string Snippet);
