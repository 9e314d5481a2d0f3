using System.Text;

namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>
/// What a reader makes of server-sent events. Only whole events count, as the protocol has it: whoever is cut off in the middle of
/// one has not seen it, and asks for it again.
/// </summary>
internal sealed class EventScanner(ReadOnlyMemory<byte> endMarker)
{
    private readonly StampScanner stamps = new(endMarker);
    private byte[] lastId = [];
    private long characters;

    public Cursor Cursor => new(Encoding.ASCII.GetString(lastId), characters);

    public long InOrder => stamps.InOrder;

    public long Disordered => stamps.Disordered;

    public bool SawEnd => stamps.SawEnd;

    /// <summary>Takes the whole events at the beginning of what was received.</summary>
    /// <returns>How many bytes they are, and how many stamps were in them.</returns>
    public (int Used, int Stamps) Scan(ReadOnlySpan<byte> received, long read, Measurements measurements)
    {
        var end = received.LastIndexOf("\n\n"u8);
        if (end < 0)
        {
            return (0, 0);
        }

        var events = received[..(end + 2)];
        Remember(events);
        characters += events.Length;
        return (events.Length, stamps.Scan(events, read, measurements).Stamps);
    }

    private void Remember(ReadOnlySpan<byte> events)
    {
        var label = "id: "u8;
        var start = events.LastIndexOf("\nid: "u8) + 1;
        if (events[start..].StartsWith(label))
        {
            var id = events[(start + label.Length)..];
            id = id[..id.IndexOf((byte)'\n')];
            if (id.Length != lastId.Length)
            {
                lastId = new byte[id.Length];
            }

            id.CopyTo(lastId);
        }
    }
}
