using System.Security.Cryptography;
using System.Text;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Messages;

namespace OrleansChat.Dialects.AiSdk.Turns;

/// <summary>
/// Which of a client's messages are in a conversation. A model's message tells by its id or metadata. A user's is known by the client's
/// id for it, and, as ids outlive edits, by what it says.
/// </summary>
internal sealed class KnownMessages(PatientConversation conversation, ConversationId id)
{
    /// <summary>
    /// The message here, of a model's the newest step; null where the client's is not from here, was edited, or says what cannot be had here.
    /// </summary>
    public async Task<Message?> FindAsync(UiMessage message)
    {
        if (message.IsAssistant)
        {
            return message.KnownAs(id) is { } step && await conversation.GetMessageAsync(step) is { Role: MessageRole.Assistant } reply ? reply : null;
        }

        if (UiContent.SaidBefore(message) is not { } said)
        {
            return null;
        }

        var first = message.KnownAs(id) is { } ours ? await conversation.GetMessageAsync(ours)
            : message.Id is not null ? await NamedAsync(NameOf(message))
            : null;
        return first is not null && IsSame(first, said) ? first
            : message.Id is not null && await NamedAsync(NameOfEdit(message, said)) is { } edit && IsSame(edit, said) ? edit
            : null;
    }

    /// <summary>The name of the request that makes the message, or made it; null where nothing tells it but the attempt.</summary>
    /// <param name="message">The message.</param>
    /// <param name="said">What it says.</param>
    public async Task<string?> NameForAsync(UiMessage message, PastMessage said)
    {
        if (message.Id is null)
        {
            return null;
        }

        if (message.KnownAs(id) is { } ours)
        {
            return await conversation.GetMessageAsync(ours) is { } original && IsSame(original, said) ? null : NameOfEdit(message, said);
        }

        return await NamedAsync(NameOf(message)) is not { } first || IsSame(first, said) ? NameOf(message) : NameOfEdit(message, said);
    }

    /// <summary>The message that a named request made; null where there is none, or it waits.</summary>
    public async Task<Message?> NamedAsync(string name) =>
        await conversation.MessageOfAsync(name) is { } found ? await conversation.GetMessageAsync(found) : null;

    /// <summary>What stands for a text in names.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    /// <summary>Whether two messages say the same, whatever they are called.</summary>
    public static bool IsSame(string? content, IEnumerable<ContentPart> parts, string? otherContent, IEnumerable<ContentPart> otherParts) =>
        content == otherContent && parts.Select(part => part.Url).SequenceEqual(otherParts.Select(part => part.Url));

    private static string NameOf(UiMessage message) => ChatId.NameOf(message.Id!);

    private static string NameOfEdit(UiMessage message, PastMessage said) =>
        $"{NameOf(message)}:{HashOf(string.Join('\n', said.Parts.Select(part => part.Url).Prepend(said.Content)))}";

    private static bool IsSame(Message known, PastMessage said) => IsSame(known.Content, known.Parts, said.Content, said.Parts);
}
