namespace OrleansChat.Benchmarks.Load;

/// <summary>Takes HTTP/1.1's chunk framing out of a body, wherever reads cut it. Trailers are ignored: the connection is not used again.</summary>
internal sealed class ChunkedBody
{
    private State state = State.Size;
    private int size;

    private enum State
    {
        Size,
        Extension,
        Data,
        DataEnd,
        Complete,
    }

    public bool IsComplete => state == State.Complete;

    /// <summary>Decodes all of <paramref name="input"/>.</summary>
    /// <param name="input">Received bytes.</param>
    /// <param name="output">May be the same memory, or begin earlier in it: the payload never grows.</param>
    /// <returns>The length of the payload.</returns>
    public int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        while (!input.IsEmpty && state != State.Complete)
        {
            if (state == State.Data)
            {
                var length = Math.Min(size, input.Length);
                input[..length].CopyTo(output[written..]);
                written += length;
                input = input[length..];
                size -= length;
                state = size == 0 ? State.DataEnd : State.Data;
            }
            else
            {
                Step(input[0]);
                input = input[1..];
            }
        }

        return written;
    }

    private void Step(byte next)
    {
        switch (state, next)
        {
            case (State.DataEnd, (byte)'\r'):
                break;
            case (State.DataEnd, (byte)'\n'):
                state = State.Size;
                break;
            case (State.Size or State.Extension, (byte)'\n'):
                state = size == 0 ? State.Complete : State.Data;
                break;
            case (State.Size, (byte)'\r' or (byte)';'):
                state = State.Extension;
                break;
            case (State.Extension, _):
                break;
            case (State.Size, _) when char.IsAsciiHexDigit((char)next):
                size = (size * 16) + (next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10);
                break;
            default:
                throw new InvalidDataException($"Unexpected byte 0x{next:x2} in a chunked body.");
        }
    }
}
