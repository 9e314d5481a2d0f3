namespace OrleansChat.Benchmarks.Load;

/// <summary>Takes HTTP/1.1's chunk framing out of a body, wherever reads cut it. Trailers are ignored: the connection is not used again.</summary>
internal sealed class ChunkedBody
{
    private State _state = State.Size;
    private int _size;

    private enum State
    {
        Size,
        Extension,
        Data,
        DataEnd,
        Complete,
    }

    public bool IsComplete => _state == State.Complete;

    /// <summary>Decodes all of <paramref name="input"/>.</summary>
    /// <param name="input">Received bytes.</param>
    /// <param name="output">May be the same memory, or begin earlier in it: the payload never grows.</param>
    /// <returns>The length of the payload.</returns>
    public int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        while (!input.IsEmpty && _state != State.Complete)
        {
            if (_state == State.Data)
            {
                var length = Math.Min(_size, input.Length);
                input[..length].CopyTo(output[written..]);
                written += length;
                input = input[length..];
                _size -= length;
                _state = _size == 0 ? State.DataEnd : State.Data;
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
        switch (_state, next)
        {
            case (State.DataEnd, (byte)'\r'):
                break;
            case (State.DataEnd, (byte)'\n'):
                _state = State.Size;
                break;
            case (State.Size or State.Extension, (byte)'\n'):
                _state = _size == 0 ? State.Complete : State.Data;
                break;
            case (State.Size, (byte)'\r' or (byte)';'):
                _state = State.Extension;
                break;
            case (State.Extension, _):
                break;
            case (State.Size, _) when char.IsAsciiHexDigit((char)next):
                _size = (_size * 16) + (next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10);
                break;
            default:
                throw new InvalidDataException($"Unexpected byte 0x{next:x2} in a chunked body.");
        }
    }
}
