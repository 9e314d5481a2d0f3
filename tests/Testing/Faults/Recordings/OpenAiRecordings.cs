namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>OpenAI's own Chat Completions, and Azure's, as their references describe them.</summary>
internal static class OpenAiRecordings
{
    /// <summary>
    /// With <c>include_usage</c>: a first chunk with the role, <c>usage: null</c> in all but the last, which has no choices, and <c>[DONE]</c>.
    /// </summary>
    public static Recording OpenAi { get; } = new RecordingBuilder("openai")
        .Head("""
            HTTP/1.1 200 OK
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            Content-Type: text/event-stream; charset=utf-8
            Connection: keep-alive
            access-control-expose-headers: X-Request-ID
            openai-processing-ms: 212
            openai-version: 2020-10-01
            x-ratelimit-limit-requests: 10000
            x-ratelimit-remaining-requests: 9999
            x-ratelimit-reset-requests: 6ms
            x-request-id: req_6b2f7d
            Server: cloudflare
            """)
        .Data(Chunk("""{"role":"assistant","content":"","refusal":null}"""))
        .Data(Chunk("""{"content":"Grüße"}"""), "Grüße")
        .Data(Chunk("""{"content":", 世界 👩‍💻"}"""), ", 世界 👩‍💻")
        .Data(Chunk("""{"content":"!\n\"ok\""}"""), "!\n\"ok\"")
        .Data(Chunk("{}", "\"stop\""), finish: "stop")
        .Data(
            """{"id":"chatcmpl-C1","object":"chat.completion.chunk","created":1795262400,"model":"gpt-4.1-mini-2025-04-14","service_tier":"default","system_fingerprint":"fp_5d","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":9,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"obfuscation":"q0"}""",
            usage: "12/9")
        .Data("[DONE]")
        .InChunks();

    /// <summary>
    /// Azure: what it thinks of the prompt first, in a chunk without choices and names; then filter results beside each delta, and, with the
    /// asynchronous filter, a choice without a delta.
    /// </summary>
    public static Recording Azure { get; } = new RecordingBuilder("azure")
        .Head("""
            HTTP/1.1 200 OK
            Content-Type: text/event-stream; charset=utf-8
            apim-request-id: 2f0c1a
            Strict-Transport-Security: max-age=31536000; includeSubDomains; preload
            x-content-type-options: nosniff
            x-ms-region: Sweden Central
            x-ratelimit-remaining-requests: 249
            azureml-model-session: d012
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            """)
        .Data("""{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":false,"detected":false}}}]}""")
        .Data(AzureChunk("""{"content":"","refusal":null,"role":"assistant"}""", "null", "{}"))
        .Data(AzureChunk("""{"content":"Ça va"}""", "null", """{"hate":{"filtered":false,"severity":"safe"}}"""), "Ça va")
        .Data("""{"id":"","object":"","created":0,"model":"","choices":[{"index":0,"finish_reason":null,"content_filter_results":{},"content_filter_offsets":{"check_offset":44,"start_offset":44,"end_offset":49}}],"usage":null}""")
        .Data(AzureChunk("""{"content":" 😀."}""", "null", """{"hate":{"filtered":false,"severity":"safe"}}"""), " 😀.")
        .Data(AzureChunk("{}", "\"content_filter\"", "{}"), finish: "content_filter")
        .Data("""{"choices":[],"created":1795262400,"id":"chatcmpl-A1","model":"gpt-4o-2024-11-20","object":"chat.completion.chunk","system_fingerprint":"fp_ee","usage":{"completion_tokens":4,"prompt_tokens":8,"total_tokens":12}}""", usage: "8/4")
        .Data("[DONE]")
        .InChunks();

    private static string Chunk(string delta, string finish = "null") =>
        $$"""{"id":"chatcmpl-C1","object":"chat.completion.chunk","created":1795262400,"model":"gpt-4.1-mini-2025-04-14","service_tier":"default","system_fingerprint":"fp_5d","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}}}],"usage":null,"obfuscation":"xY3"}""";

    private static string AzureChunk(string delta, string finish, string filter) =>
        $$$"""{"choices":[{"content_filter_results":{{{filter}}},"delta":{{{delta}}},"finish_reason":{{{finish}}},"index":0,"logprobs":null}],"created":1795262400,"id":"chatcmpl-A1","model":"gpt-4o-2024-11-20","object":"chat.completion.chunk","system_fingerprint":"fp_ee"}""";
}
