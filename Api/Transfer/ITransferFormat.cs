using System.Buffers;

namespace OrleansChat.Transfer;

/// <summary>A form in which conversations leave and come.</summary>
internal interface ITransferFormat
{
    /// <summary>The content type of an export.</summary>
    string ContentType { get; }

    /// <summary>How the name of an exported file ends, with the dot.</summary>
    string Extension { get; }

    /// <summary>Writes what comes first.</summary>
    void Write(ConversationRecord conversation, IBufferWriter<byte> output);

    /// <summary>Writes a message, after those before it.</summary>
    void Write(MessageRecord message, IBufferWriter<byte> output);

    /// <summary>Reads what was written.</summary>
    /// <exception cref="InvalidImportException">It is something else; the exception names the line.</exception>
    void Read(string text, ImportBuilder conversation);
}
