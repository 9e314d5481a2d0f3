using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Dialects;

/// <summary>
/// The one id by which a dialect that knows no conversations names a reply: a prefix of its own, the conversation's id without
/// <c>conv_</c>, <c>_</c>, and the number of <c>msg_N</c>; for example <c>chatcmpl-01k9xf2q6r3m8t5v0w7y1z4b2c_3</c>.
/// </summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Message">The reply's id in it.</param>
internal readonly record struct ReplyId(ConversationId Conversation, string Message)
{
    private const string ConversationPrefix = "conv_";
    private const string MessagePrefix = "msg_";

    /// <summary>The sequence before that of the first event which concerns the reply: the number in its id is that event's.</summary>
    public long Before => long.Parse(Message.AsSpan(MessagePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture) - 1;

    /// <summary>The id as text.</summary>
    /// <param name="prefix">The dialect's prefix.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">The reply's id in it.</param>
    public static string Of(string prefix, ConversationId conversation, string message) =>
        $"{prefix}{conversation.Value.AsSpan(ConversationPrefix.Length)}_{message.AsSpan(MessagePrefix.Length)}";

    /// <summary>Reads an id; false when it is not exactly of the form above.</summary>
    public static bool TryParse(string prefix, [NotNullWhen(true)] string? text, out ReplyId id)
    {
        id = default;
        if (text?.StartsWith(prefix, StringComparison.Ordinal) != true)
        {
            return false;
        }

        var rest = text.AsSpan(prefix.Length);
        var line = rest.LastIndexOf('_');
        if (line < 0
            || !ConversationId.TryParse($"{ConversationPrefix}{rest[..line]}", out var conversation)
            || rest[(line + 1)..].StartsWith('0')
            || !WholeNumber.TryParse(rest[(line + 1)..], out var number))
        {
            return false;
        }

        id = new ReplyId(conversation, $"{MessagePrefix}{number}");
        return true;
    }
}
