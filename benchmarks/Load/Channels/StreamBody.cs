namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>A response as it comes in: its head, then a payload, with chunk framing or without. What was not taken stays.</summary>
internal sealed class StreamBody
{
    // Small, because five thousand idle readers have one each; it grows for who has much to catch up with.
    private const int FirstSize = 2048;

    private readonly ChunkedBody chunks = new();
    private byte[] buffer = new byte[FirstSize];
    private int length;
    private bool isChunked;

    public bool HasHead { get; private set; }

    public bool IsComplete => chunks.IsComplete;

    public ReadOnlySpan<byte> Payload => buffer.AsSpan(0, length);

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free()
    {
        if (buffer.Length - length < FirstSize / 2)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        return buffer.AsMemory(length);
    }

    /// <summary>Takes what was received.</summary>
    /// <returns>Why this is no stream; null if it is one.</returns>
    public string? Received(int count)
    {
        if (HasHead)
        {
            length += Decode(length, count);
            return null;
        }

        length += count;
        var head = ResponseHead.LengthIn(Payload);
        if (head == 0)
        {
            return null;
        }

        if (ResponseHead.ProblemIn(Payload) is { } problem)
        {
            return problem;
        }

        HasHead = true;
        isChunked = ResponseHead.IsChunked(Payload);
        var rest = length - head;
        buffer.AsSpan(head, rest).CopyTo(buffer);
        length = Decode(0, rest);
        return null;
    }

    /// <summary>Done with the beginning of the payload.</summary>
    public void Advance(int used)
    {
        if (used > 0)
        {
            length -= used;
            buffer.AsSpan(used, length).CopyTo(buffer);
        }
    }

    private int Decode(int start, int count)
    {
        var bytes = buffer.AsSpan(start, count);
        return isChunked ? chunks.Decode(bytes, bytes) : count;
    }
}
