namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>Servers that people run themselves, as their documentation and sources show their Chat Completions.</summary>
internal static class LocalServerRecordings
{
    /// <summary>Ollama: Go's server, the role in every delta, the usage in a chunk without choices.</summary>
    public static Recording Ollama { get; } = new RecordingBuilder("ollama")
        .Head("""
            HTTP/1.1 200 OK
            Content-Type: text/event-stream
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            """)
        .Data(OllamaChunk("Der Himmel"), "Der Himmel")
        .Data(OllamaChunk(" ist"), " ist")
        .Data(OllamaChunk(" blau 💙\\n"), " blau 💙\n")
        .Data(OllamaChunk("", "\"stop\""), finish: "stop")
        .Data("""{"id":"chatcmpl-417","object":"chat.completion.chunk","created":1795262400,"model":"llama3.2:3b","system_fingerprint":"fp_ollama","choices":[],"usage":{"prompt_tokens":26,"completion_tokens":5,"total_tokens":31}}""", usage: "26/5")
        .Data("[DONE]")
        .InChunks();

    /// <summary>Ollama as it was: no finish reason at all, so that <c>[DONE]</c> alone tells the end; and no usage.</summary>
    public static Recording OldOllama { get; } = new RecordingBuilder("ollama-null-finish")
        .Head("""
            HTTP/1.1 200 OK
            Content-Type: text/event-stream
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            """)
        .Data(OllamaChunk("Ja"), "Ja")
        .Data(OllamaChunk(" – 好"), " – 好")
        .Data(OllamaChunk(""))
        .Data("[DONE]", finish: "stop")
        .InChunks();

    /// <summary>llama.cpp: colon-only comments while it reads the prompt, a null content first, its timings, non-ASCII escaped or not.</summary>
    public static Recording LlamaCpp { get; } = new RecordingBuilder("llama.cpp")
        .Head("""
            HTTP/1.1 200 OK
            Access-Control-Allow-Origin: *
            Content-Type: text/event-stream
            Keep-Alive: timeout=5, max=100
            Server: llama.cpp
            """)
        .Event(":")
        .Data(LlamaChunk("""{"role":"assistant","content":null}"""))
        .Event(":")
        .Data(LlamaChunk("""{"content":"Здравст"}"""), "Здравст")
        .Data(LlamaChunk("""{"content":"вуй \u2764\ufe0f"}"""), "вуй ❤️")
        .Data(LlamaChunk("{}", "\"length\""), finish: "length")
        .Data(
            """{"choices":[],"created":1795262400,"id":"chatcmpl-Vx","model":"q.gguf","system_fingerprint":"b9554-d403","object":"chat.completion.chunk","usage":{"completion_tokens":6,"prompt_tokens":11,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":7}},"timings":{"prompt_n":4,"prompt_ms":25.1,"predicted_n":6,"predicted_ms":407.596}}""",
            usage: "11/6")
        .Data("[DONE]")
        .InChunks();

    /// <summary>vLLM behind uvicorn, in chunks that end where they like: within lines, and within characters; half surrogate pairs from a gateway that escapes.</summary>
    public static Recording Vllm { get; } = new RecordingBuilder("vllm")
        .Head("""
            HTTP/1.1 200 OK
            date: Sat, 21 Nov 2026 12:00:00 GMT
            server: uvicorn
            content-type: text/event-stream; charset=utf-8
            """)
        .Data(VllmChunk("""{"role":"assistant","content":""}"""))
        .Data(VllmChunk("""{"content":"Sí\ud83d"}"""), "Sí")
        .Data(VllmChunk("""{"content":"\ude80 "}"""), "🚀 ")
        .Data(VllmChunk("""{"content":"𝔘𝔫𝔦"}""", "\"stop\",\"stop_reason\":null"), "𝔘𝔫𝔦", finish: "stop")
        .Data("""{"id":"chatcmpl-9b","object":"chat.completion.chunk","created":1795262400,"model":"Qwen/Qwen3-8B","choices":[],"usage":{"prompt_tokens":14,"total_tokens":20,"completion_tokens":6}}""", usage: "14/6")
        .Data("[DONE]")
        .InChunksOf(29);

    /// <summary>A small server of HTTP/1.0: no length, no chunks; the end of the connection is all there is.</summary>
    public static Recording Http10 { get; } = new RecordingBuilder("http/1.0")
        .Head("""
            HTTP/1.0 200 OK
            Server: BaseHTTP/0.6 Python/3.12
            Content-Type: text/event-stream
            """)
        .Data("""{"choices":[{"index":0,"delta":{"content":"eins "}}]}""", "eins ")
        .Data("""{"choices":[{"index":0,"delta":{"content":"zwei ✌️"}}]}""", "zwei ✌️")
        .Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}""", finish: "stop", usage: "3/2")
        .Data("[DONE]")
        .UntilTheConnectionCloses();

    private static string OllamaChunk(string content, string finish = "null") =>
        $$"""{"id":"chatcmpl-417","object":"chat.completion.chunk","created":1795262400,"model":"llama3.2:3b","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"{{content}}"},"finish_reason":{{finish}}}]}""";

    private static string LlamaChunk(string delta, string finish = "null") =>
        $$"""{"choices":[{"finish_reason":{{finish}},"index":0,"delta":{{delta}}}],"created":1795262400,"id":"chatcmpl-Vx","model":"q.gguf","system_fingerprint":"b9554-d403","object":"chat.completion.chunk"}""";

    private static string VllmChunk(string delta, string finish = "null") =>
        $$"""{"id":"chatcmpl-9b","object":"chat.completion.chunk","created":1795262400,"model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}}}]}""";
}
