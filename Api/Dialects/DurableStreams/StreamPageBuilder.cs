using System.Buffers;
using System.Text;
using OrleansChat.Events;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>
/// Gathers events into the JSON array of a page: each piece of a reply by itself, however it is stored, so that the same part of a stream
/// always has the same messages.
/// </summary>
/// <param name="cursor">The sequence after which the page begins.</param>
/// <param name="message">The one message whose events are wanted; null for all events.</param>
/// <param name="last">The sequence with which the stream ends.</param>
internal sealed class StreamPageBuilder(long cursor, string? message = null, long last = long.MaxValue)
{
    // What a reader has to take in at once.
    private const int MaxBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> json = new();
    private readonly byte[] messageId = Encoding.UTF8.GetBytes(message ?? "");
    private bool isEmpty = true;

    /// <summary>The sequence after which to go on.</summary>
    public long Cursor { get; private set; } = cursor;

    /// <summary>Whether the message has ended, and nothing is to be added any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether it takes more.</summary>
    public bool HasRoom => !HasEnded && Cursor < last && json.WrittenCount < MaxBytes;

    /// <summary>Adds what a block has after the cursor, as far as there is room.</summary>
    public void Add(EventBlock block)
    {
        if (block.After(Cursor) is not { } news)
        {
            return;
        }

        foreach (var line in news)
        {
            if (!HasRoom)
            {
                return;
            }

            if (message is not null && !Concerns(line))
            {
                Cursor = line.Last;
            }
            else if (line.Type.IsRun())
            {
                AddEach(line);
            }
            else
            {
                Next();
                json.Write(line.Json);
                Cursor = line.Last;
                HasEnded = message is not null && line.Type.IsReplyEnd();
            }
        }
    }

    /// <summary>The page.</summary>
    /// <param name="tail">The sequence of the stream's newest event.</param>
    /// <param name="isClosed">Whether that is its last.</param>
    public StreamPage Build(long tail, bool isClosed)
    {
        var isFull = json.WrittenCount >= MaxBytes;
        json.Write(isEmpty ? "[]"u8 : "]"u8);
        return new StreamPage(json.WrittenMemory, isEmpty, Cursor, HasEnded || Cursor >= tail, HasEnded || (isClosed && Cursor >= tail), isFull);
    }

    private bool Concerns(EventLine line) =>
        line.Type.IsContent() ? line.Message.SequenceEqual(messageId) : line.Type != EventType.Unknown && MessageOf(line.Parse()) == message;

    private static string? MessageOf(ConversationEvent next) => next switch
    {
        MessageCreated e => e.Message,
        ReplyStarted e => e.Message,
        ReplyAttached e => e.Message,
        ReplyContext e => e.Message,
        ReplyTakenOver e => e.Message,
        ReplyEnded e => e.Message,
        _ => null,
    };

    private void AddEach(EventLine run)
    {
        var pieces = DeltaRun.Split(run);
        while (HasRoom && pieces.MoveNext())
        {
            Next();
            DeltaRun.WritePiece(json, run, pieces.Sequence, pieces.EscapedText);
            Cursor = pieces.Sequence;
        }
    }

    private void Next()
    {
        json.Write(isEmpty ? "["u8 : ","u8);
        isEmpty = false;
    }
}
