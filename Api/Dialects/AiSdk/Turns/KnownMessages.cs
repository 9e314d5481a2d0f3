using System.Security.Cryptography;
using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Messages;

namespace OrleansChat.Dialects.AiSdk.Turns;

/// <summary>
/// Which of a client's messages are in a conversation. A model's message tells by its id or metadata. A user's is known by the client's
/// id for it, and, as ids outlive edits, by what it says.
/// </summary>
internal sealed class KnownMessages(PatientConversation conversation, ConversationId id)
{
    /// <summary>The message here, of a model's the newest step; null where the client's is not from here, or was edited.</summary>
    public async Task<Message?> FindAsync(UiMessage message, string place)
    {
        if (message.IsAssistant)
        {
            return message.KnownAs(id) is { } step && await conversation.GetMessageAsync(step) is { Role: MessageRole.Assistant } reply ? reply : null;
        }

        var first = message.KnownAs(id) is { } ours ? await conversation.GetMessageAsync(ours)
            : message.Id is not null ? await NamedAsync(NameOf(message))
            : null;
        return first is not null && IsSame(first, message, place) ? first
            : message.Id is not null && await NamedAsync(NameOfEdit(message, place)) is { } edit && IsSame(edit, message, place) ? edit
            : null;
    }

    /// <summary>The name of the request that makes the message, or made it; null where nothing tells it but the attempt.</summary>
    public async Task<string?> NameForAsync(UiMessage message, string place)
    {
        if (message.Id is null)
        {
            return null;
        }

        if (message.KnownAs(id) is { } ours)
        {
            return await conversation.GetMessageAsync(ours) is { } original && IsSame(original, message, place) ? null : NameOfEdit(message, place);
        }

        return await NamedAsync(NameOf(message)) is not { } first || IsSame(first, message, place) ? NameOf(message) : NameOfEdit(message, place);
    }

    /// <summary>The message that a named request made; null where there is none, or it waits.</summary>
    public async Task<Message?> NamedAsync(string name) =>
        await conversation.MessageOfAsync(name) is { } found ? await conversation.GetMessageAsync(found) : null;

    /// <summary>What stands for a text in names.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private static string NameOf(UiMessage message) => ChatId.NameOf(message.Id!);

    private static string NameOfEdit(UiMessage message, string place)
    {
        var said = UiContent.Said(message, place);
        return $"{NameOf(message)}:{HashOf(string.Join('\n', said.Parts.Select(part => part.Url).Prepend(said.Content)))}";
    }

    private static bool IsSame(Message known, UiMessage message, string place)
    {
        var said = UiContent.Said(message, place);
        return known.Content == said.Content && known.Parts.Select(part => part.Url).SequenceEqual(said.Parts.Select(part => part.Url));
    }
}
