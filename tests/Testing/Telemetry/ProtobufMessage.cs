using System.Buffers.Binary;
using System.Text;

namespace OrleansChat.Testing.Telemetry;

/// <summary>
/// A message in protocol buffers' encoding, read without its schema: fields by their numbers
/// (https://protobuf.dev/programming-guides/encoding/).
/// </summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> fields = [];

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var tag = TakeVarint(ref bytes);
            var number = (int)(tag >> 3);
            fields.Add((tag & 7) switch
            {
                0 => (number, TakeVarint(ref bytes), default),
                1 => (number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8).Span), default),
                2 => (number, 0, Take(ref bytes, (int)TakeVarint(ref bytes))),
                5 => (number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4).Span), default),
                var type => throw new InvalidDataException($"Field {number} is of wire type {type}."),
            });
        }
    }

    /// <summary>Whether there is such a field.</summary>
    public bool Has(int number) => fields.Exists(field => field.Number == number);

    /// <summary>The messages in a field.</summary>
    public IEnumerable<ProtobufMessage> Messages(int number) =>
        fields.Where(field => field.Number == number).Select(field => new ProtobufMessage(field.Bytes));

    /// <summary>The one message in a field; an empty one where there is none.</summary>
    public ProtobufMessage Message(int number) => Messages(number).SingleOrDefault() ?? new ProtobufMessage(default);

    /// <summary>The text in a field.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number).Span);

    /// <summary>The bytes in a field.</summary>
    public ReadOnlyMemory<byte> Bytes(int number) => fields.LastOrDefault(field => field.Number == number).Bytes;

    /// <summary>The integer in a field.</summary>
    public long Integer(int number) => (long)fields.LastOrDefault(field => field.Number == number).Value;

    /// <summary>The double in a field.</summary>
    public double Double(int number) => BitConverter.Int64BitsToDouble(Integer(number));

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int count)
    {
        if ((uint)count > (uint)bytes.Length)
        {
            throw new InvalidDataException("A field is longer than its message.");
        }

        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    private static ulong TakeVarint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref bytes, 1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number has more than 64 bits.");
    }
}
