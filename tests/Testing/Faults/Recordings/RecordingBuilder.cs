using System.Globalization;
using System.Text;

namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>Puts a <see cref="Recording"/> together: events as they stand in the stream, each with its meaning, within the response's framing.</summary>
internal sealed class RecordingBuilder(string name, ProviderProtocol protocol = ProviderProtocol.ChatCompletions)
{
    private readonly List<(string Lines, RecordedEvent Meaning)> events = [];
    private string head = "";
    private string lineEnd = "\n";

    /// <summary>Status line and headers; the framing adds its own.</summary>
    public RecordingBuilder Head(string lines)
    {
        head = lines;
        return this;
    }

    /// <summary>Ends the lines of the stream with CR and LF instead of LF.</summary>
    public RecordingBuilder WithCarriageReturns()
    {
        lineEnd = "\r\n";
        return this;
    }

    /// <summary>An event: its lines, to which the empty line is added.</summary>
    public RecordingBuilder Event(string lines, string text = "", string? finish = null, string? usage = null)
    {
        events.Add((lines, new RecordedEvent(0, text, finish, usage)));
        return this;
    }

    /// <summary>An event of data alone.</summary>
    public RecordingBuilder Data(string data, string text = "", string? finish = null, string? usage = null) =>
        Event("data: " + data, text, finish, usage);

    /// <summary>The response in chunks, one for each event.</summary>
    public Recording InChunks()
    {
        var body = new List<byte>();
        var meanings = new List<RecordedEvent>();
        AddHead(body, "Transfer-Encoding: chunked");
        var headLength = body.Count;
        foreach (var (lines, meaning) in events)
        {
            var bytes = Bytes(lines);
            AddChunk(body, bytes);

            // The event is complete before its chunk is: the chunk's own line end follows.
            meanings.Add(meaning with { End = body.Count - 2 });
        }

        Add(body, "0\r\n\r\n");
        return Build(body, headLength, closes: false, meanings);
    }

    /// <summary>The response in chunks of a few bytes, whatever the events are: chunks end within lines, and within characters.</summary>
    public Recording InChunksOf(int size)
    {
        var (stream, ends) = Stream();
        var body = new List<byte>();
        AddHead(body, "Transfer-Encoding: chunked");
        var headLength = body.Count;
        var positions = new int[stream.Length];
        for (var at = 0; at < stream.Length; at += size)
        {
            var chunk = stream.AsSpan(at, Math.Min(size, stream.Length - at)).ToArray();
            AddChunk(body, chunk);
            for (var i = 0; i < chunk.Length; i++)
            {
                positions[at + i] = body.Count - 2 - chunk.Length + i;
            }
        }

        Add(body, "0\r\n\r\n");
        return Build(body, headLength, closes: false, Meanings(ends, end => positions[end - 1] + 1));
    }

    /// <summary>The response with its length in the headers.</summary>
    public Recording WithLength()
    {
        var (stream, ends) = Stream();
        var body = new List<byte>();
        AddHead(body, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {stream.Length}"));
        var headLength = body.Count;
        body.AddRange(stream);
        return Build(body, headLength, closes: false, Meanings(ends, end => headLength + end));
    }

    /// <summary>The response as HTTP/1.0 has it: the end of the connection ends it.</summary>
    public Recording UntilTheConnectionCloses()
    {
        var (stream, ends) = Stream();
        var body = new List<byte>();
        AddHead(body, "Connection: close");
        var headLength = body.Count;
        body.AddRange(stream);
        return Build(body, headLength, closes: true, Meanings(ends, end => headLength + end));
    }

    private Recording Build(List<byte> bytes, int headLength, bool closes, List<RecordedEvent> meanings) =>
        new(name, protocol, [.. bytes], headLength, closes, [.. meanings]);

    private (byte[] Bytes, List<int> Ends) Stream()
    {
        var stream = new List<byte>();
        var ends = new List<int>();
        foreach (var (lines, _) in events)
        {
            stream.AddRange(Bytes(lines));
            ends.Add(stream.Count);
        }

        return ([.. stream], ends);
    }

    private List<RecordedEvent> Meanings(List<int> ends, Func<int, int> place) =>
        [.. events.Select((e, i) => e.Meaning with { End = place(ends[i]) })];

    private byte[] Bytes(string lines) =>
        Encoding.UTF8.GetBytes(lines.ReplaceLineEndings("\n").Replace("\n", lineEnd, StringComparison.Ordinal) + lineEnd + lineEnd);

    private void AddHead(List<byte> bytes, string framing) =>
        Add(bytes, head.ReplaceLineEndings("\r\n") + "\r\n" + framing + "\r\n\r\n");

    private static void AddChunk(List<byte> bytes, byte[] chunk)
    {
        Add(bytes, chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        bytes.AddRange(chunk);
        Add(bytes, "\r\n");
    }

    private static void Add(List<byte> bytes, string text) => bytes.AddRange(Encoding.UTF8.GetBytes(text));
}
