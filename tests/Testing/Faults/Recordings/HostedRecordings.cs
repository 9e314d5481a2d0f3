namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>Hosted models and gateways that call themselves compatible with Chat Completions.</summary>
internal static class HostedRecordings
{
    /// <summary>Gemini's compatible endpoint: the usage so far in every chunk, the end signal in the last chunk of text; lines end with CR and LF.</summary>
    public static Recording Gemini { get; } = new RecordingBuilder("gemini")
        .Head("""
            HTTP/1.1 200 OK
            Content-Type: text/event-stream
            Vary: Origin, X-Origin, Referer
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            Server: scaffolding on HTTPServer2
            X-XSS-Protection: 0
            X-Frame-Options: SAMEORIGIN
            X-Content-Type-Options: nosniff
            """)
        .WithCarriageReturns()
        .Data(GeminiChunk("Le ciel", 2), "Le ciel", usage: "7/2")
        .Data(GeminiChunk(" est bleu\\u00a0: ☁️", 6), " est bleu\u00a0: ☁️", usage: "7/6")
        .Data(GeminiChunk(" à cause", 8, ",\"finish_reason\":\"stop\""), " à cause", finish: "stop", usage: "7/8")
        .Data("[DONE]")
        .InChunks();

    /// <summary>A gateway that says that it still works, in comments, and has the length of what it kept in its cache.</summary>
    public static Recording Gateway { get; } = new RecordingBuilder("gateway")
        .Head("""
            HTTP/1.1 200 OK
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            Content-Type: text/event-stream
            X-Cache: HIT
            """)
        .Event(": PROCESSING")
        .Event(": PROCESSING")
        .Event("""
            id: 1
            event: message
            data: {"id":"gen-1","provider":"Other","object":"chat.completion.chunk","choices":
            data: [{"index":0,"delta":{"role":"assistant","content":"שלום"},"finish_reason":null,"native_finish_reason":null}]}
            """, "שלום")
        .Event("""data:{"id":"gen-1","choices":[{"index":0,"delta":{"content":" עולם 🌍"},"finish_reason":null}]}""", " עולם 🌍")
        .Data("""{"id":"gen-1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","native_finish_reason":"STOP"}]}""", finish: "stop")
        .Data("""{"id":"gen-1","choices":[{"index":0,"delta":{"content":""},"finish_reason":null}],"usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9,"cost":0.00001}}""", usage: "5/4")
        .Data("[DONE]")
        .WithLength();

    private static string GeminiChunk(string content, int tokens, string finish = "") =>
        $$$"""{"choices":[{"delta":{"content":"{{{content}}}","role":"assistant"}{{{finish}}},"index":0}],"created":1795262400,"id":"Y6wf","model":"gemini-2.5-flash","object":"chat.completion.chunk","usage":{"completion_tokens":{{{tokens}}},"prompt_tokens":7,"total_tokens":{{{tokens + 7}}}}}""";
}
