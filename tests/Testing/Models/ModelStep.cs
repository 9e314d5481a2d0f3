namespace OrleansChat.Testing.Models;

/// <summary>One thing that a scripted model does in answer to a request.</summary>
internal abstract record ModelStep
{
    /// <summary>Answers with this status, headers and body instead of a stream, and ends.</summary>
    public sealed record Answer(int Code, string Body, string Type, IReadOnlyDictionary<string, string> Fields) : ModelStep;

    /// <summary>Uses another status than 200 for what follows; before anything is sent.</summary>
    public sealed record UseStatus(int Code) : ModelStep;

    /// <summary>Uses another content type than <c>text/event-stream</c>; before anything is sent.</summary>
    public sealed record UseContentType(string? Value) : ModelStep;

    /// <summary>Writes and flushes each byte by itself from here on.</summary>
    public sealed record OneByteWrites : ModelStep;

    /// <summary>Sends the headers, and nothing more yet.</summary>
    public sealed record SendHeaders : ModelStep;

    /// <summary>Sends bytes as they are.</summary>
    public sealed record Raw(ReadOnlyMemory<byte> Bytes) : ModelStep;

    /// <summary>Sends nothing for a time.</summary>
    public sealed record Delay(TimeSpan Time) : ModelStep;

    /// <summary>Waits at a gate.</summary>
    public sealed record Wait(Gate Gate) : ModelStep;

    /// <summary>Sends nothing until the client leaves or the server is disposed of.</summary>
    public sealed record Stall : ModelStep;

    /// <summary>Resets the connection: the client sees RST.</summary>
    public sealed record Reset : ModelStep;

    /// <summary>Closes the connection without the end of the response's chunked coding: the client sees FIN.</summary>
    public sealed record Cut : ModelStep;
}
