using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OrleansChat.Chaos.Clients;

/// <summary>One server-sent event as a client got it.</summary>
/// <param name="Id">The cursor after it; 0 where the stream has named none yet.</param>
/// <param name="Type">Its type.</param>
/// <param name="Data">Its data.</param>
/// <param name="At">When it was read, in ticks of <see cref="Stopwatch"/>.</param>
internal sealed record Frame(long Id, string Type, ReadOnlyMemory<byte> Data, long At)
{
    /// <summary>Its data as JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json => JsonElement.Parse(Data.Span);

    /// <summary>Whether both say the same.</summary>
    public bool Says(Frame other) => Id == other.Id && Type == other.Type && Data.Span.SequenceEqual(other.Data.Span);

    public override string ToString() => $"{Id} {Type} {Encoding.UTF8.GetString(Data.Span)}";
}
