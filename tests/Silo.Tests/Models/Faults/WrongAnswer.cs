using System.Globalization;
using System.IO.Compression;
using System.Text;
using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>Something that a model server should not answer, and exactly what must become of it.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Answer">The response.</param>
/// <param name="Reply">The reply that it makes.</param>
/// <param name="Message">What users are told; null where the reply is complete.</param>
internal sealed record WrongAnswer(string Name, RecordedAnswer Answer, ExpectedReply Reply, string? Message = null)
{
    /// <summary>What is asked, and may be shown to nobody else.</summary>
    public const string Prompt = "words-that-must-not-show";

    /// <summary>Key and prompt, as servers like to quote them.</summary>
    public const string Echo = $"Incorrect API key {ProviderClients.Key} for '{Prompt}'";

    /// <summary>A good stream of one delta, finish reason, usage and <c>[DONE]</c>.</summary>
    public static string Good { get; } =
        Data(ModelChunks.Text("good")) + Data(ModelChunks.Finish("stop")) + Data(ModelChunks.Usage(3, 1)) + Data("[DONE]");

    /// <summary>What becomes of <see cref="Good"/>.</summary>
    public static ExpectedReply IsGood { get; } = new("good", "stop", "3/1", null);

    /// <summary>A reply that failed.</summary>
    public static ExpectedReply Failed(string code, string text = "") => new(text, null, null, code);

    /// <summary>One event.</summary>
    public static string Data(string data) => $"data: {data}\n\n";

    /// <summary>A response with its length.</summary>
    public static RecordedAnswer Http(string statusAndHeaders, string body) => Http(statusAndHeaders, Encoding.UTF8.GetBytes(body));

    /// <inheritdoc cref="Http(string, string)"/>
    public static RecordedAnswer Http(string statusAndHeaders, byte[] body) => new(
        (byte[])[.. Bytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {statusAndHeaders}\r\nContent-Length: {body.Length}\r\n\r\n")), .. body],
        Fault.None);

    /// <summary>An event stream with its length.</summary>
    public static RecordedAnswer Sse(string body) => Http("200 OK\r\nContent-Type: text/event-stream", body);

    /// <summary>An event stream whose framing is written out: a good chunk, and, when it has been read, what comes then.</summary>
    public static RecordedAnswer Chunked(string first, string rest)
    {
        var good = Bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunk(first));
        return new RecordedAnswer((byte[])[.. good, .. Bytes(rest)], Fault.Split(good.Length));
    }

    /// <summary>A chunk.</summary>
    public static string Chunk(string content) => $"{Encoding.UTF8.GetByteCount(content):x}\r\n{content}\r\n";

    /// <summary>Bytes after which the connection stays.</summary>
    public static RecordedAnswer Raw(string response) => new(Bytes(response), Fault.None);

    /// <summary>Bytes after which the connection is closed.</summary>
    public static RecordedAnswer RawThenClose(string response) => new(Bytes(response), Fault.None, closes: true);

    /// <summary>Bytes after which nothing comes, and the connection stays.</summary>
    public static RecordedAnswer RawThenStall(string response) => new(Bytes(response), Fault.Stall(Encoding.UTF8.GetByteCount(response)));

    /// <summary>Compressed as <c>gzip</c> does.</summary>
    public static byte[] Compressed(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
