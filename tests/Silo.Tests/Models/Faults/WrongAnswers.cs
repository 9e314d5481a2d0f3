using OrleansChat.Models;
using OrleansChat.Testing.Models;
using static OrleansChat.Silo.Tests.Models.Faults.WrongAnswer;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>Refusals and nonsense, from status line to stream.</summary>
internal static class WrongAnswers
{
    private const string NoStream = "The model endpoint did not answer with an event stream.";
    private const string NoHttp = "The model endpoint did not answer in HTTP.";
    private const string NoJson = "The model endpoint sent an event that is not JSON.";
    private const string TooLong = "The model endpoint sent an event that is too long.";
    private const string CutOff = "The model's reply was cut off before its end.";
    private const string EchoedError = $$$"""{"error":{"message":"{{{Echo}}}","type":"{{{Echo}}}","param":"{{{Prompt}}} {{{ProviderClients.Key}}}","code":"{{{Echo}}}"}}""";

    private static readonly string Html = $"<html><head><title>502</title></head><body>{Echo}</body></html>";
    private static readonly string Text = Data(ModelChunks.Text("part"));

    /// <summary>All of them.</summary>
    public static IEnumerable<WrongAnswer> All => [.. Refusals, .. NoStreams, .. Framings, .. Sizes, .. Streams];

    private static IEnumerable<WrongAnswer> Refusals =>
    [
        new("429", Http("429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 1", EchoedError), Failed(ModelErrors.RateLimited), "The model endpoint asks for fewer requests (HTTP 429)."),
        new("429 whose time to retry is a date long past", Http("429 Slow Down\r\nRetry-After: Thu, 01 Jan 1970 00:00:00 GMT", ""), Failed(ModelErrors.RateLimited), "The model endpoint asks for fewer requests (HTTP 429)."),
        new("429 whose time to retry is no time", Http("429 Slow Down\r\nRetry-After: soon", ""), Failed(ModelErrors.RateLimited), "The model endpoint asks for fewer requests (HTTP 429)."),
        new("500", Http("500 Internal Server Error\r\nContent-Type: application/json", EchoedError), Failed(ModelErrors.Error), "The model endpoint failed (HTTP 500)."),
        new("503 without a body", Http("503 Service Unavailable", ""), Failed(ModelErrors.Error), "The model endpoint failed (HTTP 503)."),
        new("529", Http("529 Overloaded\r\nContent-Type: application/json", """{"error":{"type":"overloaded_error"}}"""), Failed(ModelErrors.Error), "The model endpoint failed (HTTP 529, overloaded_error)."),
        new("502 with an HTML page", Http("502 Bad Gateway\r\nContent-Type: text/html", Html), Failed(ModelErrors.Error), "The model endpoint failed (HTTP 502)."),
        new("401 that quotes key and prompt", Http("401 Unauthorized\r\nContent-Type: application/json", EchoedError), Failed(ModelErrors.Rejected), "The model endpoint refused the configured key (HTTP 401)."),
        new("401 whose reason quotes key and prompt", Http($"401 {Echo}", ""), Failed(ModelErrors.Rejected), "The model endpoint refused the configured key (HTTP 401)."),
        new("401 whose code is the key", Http("401 Unauthorized", $$$"""{"error":{"code":"{{{ProviderClients.Key}}}"}}"""), Failed(ModelErrors.Rejected), "The model endpoint refused the configured key (HTTP 401)."),
        new("a redirect", Http("307 Temporary Redirect\r\nLocation: /v1/elsewhere", ""), Failed(ModelErrors.Rejected), "The model endpoint has moved (HTTP 307)."),
        new("an error of endless length", RawThenStall("HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunk(new string('e', 100_000))), Failed(ModelErrors.Rejected), "The model endpoint rejected the request (HTTP 400)."),
    ];

    private static IEnumerable<WrongAnswer> NoStreams =>
    [
        new("200 with an HTML page", Http("200 OK\r\nContent-Type: text/html; charset=utf-8", Html), Failed(ModelErrors.Malformed), NoStream),
        new("200 with a whole completion", Http("200 OK\r\nContent-Type: application/json", """{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}"""), Failed(ModelErrors.Malformed), NoStream),
        new("200 with a good stream as plain text", Http("200 OK\r\nContent-Type: text/plain", Good), Failed(ModelErrors.Malformed), NoStream),
        new("200 with a content type that is none", Http("200 OK\r\nContent-Type: ;;", Good), Failed(ModelErrors.Malformed), NoStream),
        new("200 with a compressed stream", Http("200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip", Compressed(Good)), Failed(ModelErrors.Malformed), NoStream),
        new("200 with a stream that says that it is not compressed", Http("200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: identity", Good), IsGood),
        new("204", Raw("HTTP/1.1 204 No Content\r\n\r\n"), Failed(ModelErrors.Truncated), CutOff),
        new("a hint before the answer", Raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunk(Good) + "0\r\n\r\n"), IsGood),
        new("no HTTP, but key and prompt", RawThenClose(Echo + "\r\n\r\n"), Failed(ModelErrors.Malformed), NoHttp),
        new("a header that is key and prompt", RawThenClose($"HTTP/1.1 200 OK\r\n{Echo}\r\n\r\n"), Failed(ModelErrors.Malformed), NoHttp),
    ];

    private static IEnumerable<WrongAnswer> Framings =>
    [
        new("HTTP/1.0 without a length, whole", RawThenClose("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Good), IsGood),
        new("HTTP/1.0 without a length, closed too early", RawThenClose("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Text), Failed(ModelErrors.Truncated, "part"), CutOff),
        new("a length that is too small", Raw($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {Text.Length}\r\n\r\n" + Text + Good), Failed(ModelErrors.Truncated, "part"), CutOff),
        new("a length that is no number", RawThenClose("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: many\r\n\r\n" + Good), IsGood),
        new("a chunk whose length is key and prompt", Chunked(Text, Echo + "\r\n" + Good), Failed(ModelErrors.Malformed, "part"), NoHttp),
        new("a chunk that is longer than it says", Chunked(Text, "5\r\n" + Good), Failed(ModelErrors.Malformed, "part"), NoHttp),
        new("a chunk longer than numbers go", Chunked(Text, "fffffffffffffffff\r\n" + Good), Failed(ModelErrors.Malformed, "part"), NoHttp),
        new("an endless chunk extension", Chunked(Text, "5;" + new string('x', 100_000)), Failed(ModelErrors.Malformed, "part"), NoHttp),
        new("bytes after the end of the response", Chunked(Good, "0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 4\r\n\r\nnope"), IsGood),
        new("trailers", Chunked(Good, "0\r\nX-Trailer: 1\r\n\r\n"), IsGood),
    ];

    private static IEnumerable<WrongAnswer> Sizes =>
    [
        new("a line without end", RawThenStall("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Text + "data: " + new string('x', 3 << 20)), Failed(ModelErrors.Malformed, "part"), TooLong),
        new("an event without end, of short lines", RawThenStall("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Text + string.Concat(Enumerable.Repeat("data: x\n", 400_000))), Failed(ModelErrors.Malformed, "part"), TooLong),
        new("a long event within bounds", Sse(Data(ModelChunks.Text(new string('y', 900_000))) + Data("[DONE]")), new(new string('y', 900_000), "stop", null, null)),
        new("a header without end", RawThenStall("HTTP/1.1 200 OK\r\nX: " + new string('x', 3 << 20)), Failed(ModelErrors.Malformed), "The model endpoint sent headers that are too long."),
        new("headers without end", RawThenStall("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"X-{i}: {i}\r\n"))), Failed(ModelErrors.Malformed), "The model endpoint sent headers that are too long."),
        new("brackets without end", Sse(Text + Data("{\"x\":" + new string('[', 10_000))), Failed(ModelErrors.Malformed, "part"), NoJson),
    ];

    private static IEnumerable<WrongAnswer> Streams =>
    [
        new("half an event of JSON that quotes key and prompt", Sse(Text + Data($$"""{"choices":[{"delta":{"content":"{{Echo}}""")), Failed(ModelErrors.Malformed, "part"), NoJson),
        new("an error chunk that quotes key and prompt", Sse(Text + Data(EchoedError) + Data("[DONE]")), Failed(ModelErrors.Error, "part"), "The model endpoint reported an error."),
        new("an error event that quotes key and prompt", Sse(Text + $"event: error\ndata: {Echo}\n\n"), Failed(ModelErrors.Error, "part"), "The model endpoint reported an error."),
        new("two finish reasons", Sse(Text + Data(ModelChunks.Finish("length")) + Data(ModelChunks.Finish("stop")) + Data("[DONE]")), new("part", "length", null, null)),
        new("usage before the finish reason", Sse(Text + Data(ModelChunks.Usage(4, 2)) + Data(ModelChunks.Finish("stop")) + Data("[DONE]")), new("part", "stop", "4/2", null)),
        new("usage without an end", Sse(Text + Data(ModelChunks.Usage(4, 2))), Failed(ModelErrors.Truncated, "part"), CutOff),
        new("finish reasons that are null", Sse(Text + Data("""{"choices":[{"index":0,"delta":{},"finish_reason":null}]}""")), Failed(ModelErrors.Truncated, "part"), CutOff),
        new("a finish reason that is no text", Sse(Text + Data("""{"choices":[{"index":0,"delta":{},"finish_reason":{"stop":true}}]}""")), Failed(ModelErrors.Truncated, "part"), CutOff),
        new("a finish reason that is the key", Sse(Text + Data(ModelChunks.Finish(ProviderClients.Key)) + Data("[DONE]")), new("part", "stop", null, null)),
        new("an end signal for another choice", Sse(Text + Data("""{"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}""")), Failed(ModelErrors.Truncated, "part"), CutOff),
        new("events after [DONE]", Sse(Good + Text + Data(ModelChunks.Finish("length")) + Data(ModelChunks.Usage(99, 99)) + Data(EchoedError) + Data("[DONE]")), IsGood),
        new("nonsense after [DONE]", Sse(Good + Data("{") + "\0\xff"), IsGood),
        new("an end and nothing before it", Sse(Data("[DONE]")), new("", "stop", null, null)),
        new("[DONE] in another case", Sse(Text + Data("[done]")), Failed(ModelErrors.Malformed, "part"), NoJson),
    ];
}
