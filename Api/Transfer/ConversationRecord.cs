using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Transfer;

/// <summary>The first line of an exported conversation.</summary>
/// <param name="Type">Always <see cref="TypeName"/>.</param>
/// <param name="Version">Of the form; always <see cref="CurrentVersion"/>.</param>
/// <param name="Id">The id that it had.</param>
/// <param name="Title">Its title.</param>
/// <param name="Model">The model that replies.</param>
/// <param name="System">The system prompt.</param>
/// <param name="Metadata">The owner's notes.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Head">The id of the message that the active branch ends with; that of the last line where it is missing.</param>
internal sealed record ConversationRecord(
    string Type,
    int Version,
    string? Id,
    string? Title,
    string? Model,
    string? System,
    ImmutableSortedDictionary<string, string>? Metadata,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    string? Head = null)
{
    public const string TypeName = "conversation";

    public const int CurrentVersion = 1;

    /// <summary>A conversation as a line.</summary>
    public static ConversationRecord Of(Conversation conversation) => new(
        TypeName,
        CurrentVersion,
        conversation.Id.Value,
        conversation.Title,
        conversation.Model,
        conversation.System,
        conversation.Metadata,
        conversation.CreatedAt,
        conversation.UpdatedAt,
        conversation.Head);
}
