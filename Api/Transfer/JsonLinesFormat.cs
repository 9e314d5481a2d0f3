using System.Buffers;
using OrleansChat.Events;

namespace OrleansChat.Transfer;

/// <summary>JSON Lines: the conversation on the first line, then a line per message, each after the one that it follows.</summary>
internal sealed class JsonLinesFormat : ITransferFormat
{
    public static readonly JsonLinesFormat Instance = new();

    public string ContentType => "application/jsonl";

    public string Extension => ".jsonl";

    public void Write(ConversationRecord conversation, IBufferWriter<byte> output)
    {
        RecordJson.Write(conversation, ApiJson.Default.ConversationRecord, ReadableEncoder.Instance, output);
        output.Write("\n"u8);
    }

    public void Write(MessageRecord message, IBufferWriter<byte> output)
    {
        RecordJson.Write(message, ApiJson.Default.MessageRecord, ReadableEncoder.Instance, output);
        output.Write("\n"u8);
    }

    public void Read(string text, ImportBuilder conversation)
    {
        // Line by line: what consists of nothing but their ends is not to take more room than it has.
        var number = 0;
        foreach (var line in text.AsSpan().Split('\n'))
        {
            number++;
            if (!text.AsSpan(line).IsWhiteSpace())
            {
                conversation.Add(text[line], number);
            }
        }
    }
}
