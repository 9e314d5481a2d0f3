using System.Collections.Immutable;
using OrleansChat.Models;

namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>One HTTP response of a model server, byte by byte, and what it means after each byte.</summary>
public sealed class Recording
{
    internal Recording(string name, ProviderProtocol protocol, byte[] bytes, int headLength, bool closesConnection, ImmutableArray<RecordedEvent> events)
    {
        Name = name;
        Protocol = protocol;
        Bytes = bytes;
        HeadLength = headLength;
        ClosesConnection = closesConnection;
        Events = events;
    }

    /// <summary>Whose dialect it is.</summary>
    public string Name { get; }

    /// <summary>The protocol.</summary>
    public ProviderProtocol Protocol { get; }

    /// <summary>The response, from its status line to its last byte.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many bytes it has.</summary>
    public int Length => Bytes.Length;

    /// <summary>How many of them are status line and headers.</summary>
    public int HeadLength { get; }

    /// <summary>Whether only the end of the connection ends the response.</summary>
    public bool ClosesConnection { get; }

    /// <summary>The events, in order.</summary>
    public ImmutableArray<RecordedEvent> Events { get; }

    /// <summary>How many bytes have to come before the reply may count as complete.</summary>
    public int EndSignal => Events.First(e => e.FinishReason is not null).End;

    /// <summary>What the whole of it means.</summary>
    public ExpectedReply Whole => Cut(Length, FaultEnding.None);

    /// <summary>What it means when it is cut after so many bytes.</summary>
    public ExpectedReply Cut(int length, FaultEnding ending)
    {
        var come = Events.Where(e => e.End <= length).ToList();
        var text = string.Concat(come.Select(e => e.Text));
        var finishReason = come.Select(e => e.FinishReason).FirstOrDefault(reason => reason is not null);
        return finishReason is null
            ? new ExpectedReply(text, null, null, ErrorOf(length, ending))
            : new ExpectedReply(text, finishReason, come.Select(e => e.Usage).LastOrDefault(usage => usage is not null), null);
    }

    /// <summary>The bytes around an offset, for messages: <c>…"content":"Hel|lo"…</c></summary>
    public string Around(int offset)
    {
        const int Reach = 24;
        var before = Show(Math.Max(0, offset - Reach), offset);
        var after = Show(offset, Math.Min(Length, offset + Reach));
        return $"…{before}|{after}…";
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    // Where nothing but the end of the connection ends a response, its end is no fault of the connection.
    private string? ErrorOf(int length, FaultEnding ending) => ending switch
    {
        FaultEnding.Fin when ClosesConnection && length >= HeadLength => ModelErrors.Truncated,
        FaultEnding.Fin or FaultEnding.Reset => ModelErrors.Unreachable,
        _ => null,
    };

    private string Show(int from, int to) => string.Concat(
        Bytes.Span[from..to].ToArray().Select(b => b switch
        {
            (byte)'\r' => "\\r",
            (byte)'\n' => "\\n",
            < 0x20 or > 0x7e => $"\\x{b:x2}",
            _ => ((char)b).ToString(),
        }));
}
