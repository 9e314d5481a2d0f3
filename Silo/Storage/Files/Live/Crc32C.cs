using System.Buffers.Binary;
using System.Numerics;

namespace OrleansChat.Storage.Files.Live;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), which processors compute themselves.</summary>
internal static class Crc32C
{
    /// <summary>Goes on from the checksum of what came before; 0 at the beginning.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> data)
    {
        var crc = ~checksum;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (var next in data)
        {
            crc = BitOperations.Crc32C(crc, next);
        }

        return ~crc;
    }
}
