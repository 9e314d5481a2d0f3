using System.Buffers;
using OrleansChat.Events;

namespace OrleansChat.Streaming;

/// <summary>
/// Renders a conversation's events for one response. A dialect is an implementation of this; what it keeps between calls
/// belongs to one reader.
/// </summary>
internal interface IEventRenderer
{
    /// <summary>The response's content type.</summary>
    string ContentType { get; }

    /// <summary>
    /// Whether a client can tell a stream that stopped from one that is complete, and come back for the rest. If not, a
    /// stream that has to stop early is cut off instead of ended.
    /// </summary>
    bool CanResume { get; }

    /// <summary>
    /// Whether a client can be told that a reply began anew. If not, a stream that has brought it some of the void text is cut off.
    /// </summary>
    bool CanRestart { get; }

    /// <summary>
    /// Whether every client takes a failed reply from what the stream says. If so, the stream is ended after one, not cut off.
    /// </summary>
    bool TellsFailure => false;

    /// <summary>
    /// Whether it writes whatever a reply consists of, its thinking and its calls of tools too, rather than only what it says
    /// (<see cref="EventTypes.IsSpoken"/>). Decides whether a client has some of a reply that begins anew.
    /// </summary>
    bool ShowsAllContent => false;

    /// <summary>
    /// A name that all renderers share that write the same bytes for the same deltas, whatever they have written before; null for one
    /// whose output depends on its reader. Deltas are then rendered once for all readers of a node.
    /// </summary>
    string? SharedForm => null;

    /// <summary>Writes what comes first, at once, so that the client sees its headers before the first event.</summary>
    void Begin(IBufferWriter<byte> output);

    /// <summary>Writes events.</summary>
    void Render(EventBlock block, IBufferWriter<byte> output);

    /// <summary>
    /// Writes what was put off as long as more events were at hand; now there are none, and what was written is on its way to the client.
    /// </summary>
    void CatchUp(IBufferWriter<byte> output)
    {
        // Most put nothing off.
    }

    /// <summary>Writes something that shows the connection is alive and means nothing; or nothing.</summary>
    void Heartbeat(IBufferWriter<byte> output);

    /// <summary>Writes what comes last, for the reason given.</summary>
    void End(StreamEnd end, IBufferWriter<byte> output);
}
