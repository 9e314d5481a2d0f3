using System.Text.Json;
using OrleansChat.Events;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>A step that was made elsewhere and came with a client's history, as chunks.</summary>
internal static class PastStep
{
    /// <summary>Tells what the model thought, said and called.</summary>
    public static void Tell(MessageCreated message, StepParts parts)
    {
        foreach (var block in message.Reasoning ?? [])
        {
            parts.Say(PartKind.Reasoning, message.Sequence, Escaped(block.Text));
            if (block.Signature is { } signature)
            {
                parts.Sign(signature);
            }
        }

        if (message.Content.Length > 0)
        {
            parts.Say(PartKind.Text, message.Sequence, Escaped(message.Content));
        }

        if (message.Refusal is { } refusal)
        {
            parts.Say(PartKind.Refusal, message.Sequence, Escaped(refusal));
        }

        var index = 0;
        foreach (var call in message.ToolCalls ?? [])
        {
            parts.Call(new ReplyToolCall(message.Message, index++, call.Arguments, call.Id, call.Name) { Sequence = message.Sequence }, Escaped(call.Arguments));
        }

        parts.Close();
    }

    private static ReadOnlySpan<byte> Escaped(string text) => JsonEncodedText.Encode(text, ReadableEncoder.Instance).EncodedUtf8Bytes;
}
