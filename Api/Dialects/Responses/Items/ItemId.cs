using System.Diagnostics.CodeAnalysis;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Items;

/// <summary>
/// An item's id: a prefix that tells its kind, the conversation's id without <c>conv_</c>, the number of the <c>msg_N</c> that it is a part of,
/// and, from the second of its kind in that on, <c>_</c> and which one: <c>fc_01k9xf2q6r3m8t5v0w7y1z4b2c_3_1</c>.
/// </summary>
/// <param name="Prefix">One of the prefixes below.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Message">The message of the conversation.</param>
/// <param name="Index">Which of its kind, from 0.</param>
internal readonly record struct ItemId(string Prefix, ConversationId Conversation, string Message, int Index)
{
    /// <summary>Of a message.</summary>
    public const string OfMessage = "msg_";

    /// <summary>Of what a model thought.</summary>
    public const string OfReasoning = "rs_";

    /// <summary>Of a function call.</summary>
    public const string OfCall = "fc_";

    /// <summary>Of a function's output.</summary>
    public const string OfOutput = "fco_";

    private static readonly string[] Prefixes = [OfMessage, OfReasoning, OfCall, OfOutput];

    /// <summary>Reads an id; false when it is not of the form above.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ItemId id)
    {
        id = default;
        var prefix = Array.Find(Prefixes, prefix => text?.StartsWith(prefix, StringComparison.Ordinal) == true);
        if (prefix is null)
        {
            return false;
        }

        if (ReplyId.TryParse(prefix, text, out var first))
        {
            id = new ItemId(prefix, first.Conversation, first.Message, 0);
            return true;
        }

        var line = text!.LastIndexOf('_');
        if (!WholeNumber.TryParse(text.AsSpan(line + 1), out var index)
            || index is 0 or > int.MaxValue
            || !ReplyId.TryParse(prefix, text[..line], out var other))
        {
            return false;
        }

        id = new ItemId(prefix, other.Conversation, other.Message, (int)index);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => ReplyId.Of(Prefix, Conversation, Message) + (Index == 0 ? "" : $"_{Index}");
}
