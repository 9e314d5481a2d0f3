namespace OrleansChat.Testing.Faults.Recordings;

/// <summary>The streams of providers that have a protocol of their own.</summary>
internal static class OtherProtocolRecordings
{
    /// <summary>OpenAI's Responses: typed, numbered events; <c>response.completed</c> ends the response and has its usage.</summary>
    public static Recording Responses { get; } = new RecordingBuilder("openai-responses", ProviderProtocol.Responses)
        .Head("""
            HTTP/1.1 200 OK
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            Content-Type: text/event-stream; charset=utf-8
            Connection: keep-alive
            openai-version: 2020-10-01
            x-request-id: req_77
            """)
        .Event(ResponseEvent("response.created", 0, Response("in_progress", "[]", "null")))
        .Event(ResponseEvent("response.in_progress", 1, Response("in_progress", "[]", "null")))
        .Event(ResponseEvent("response.output_item.added", 2, """ "output_index":0,"item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"role":"assistant"}"""))
        .Event(ResponseEvent("response.content_part.added", 3, Part("""{"type":"output_text","annotations":[],"logprobs":[],"text":""}""")))
        .Event(ResponseEvent("response.output_text.delta", 4, Delta("Привет")), "Привет")
        .Event(ResponseEvent("response.output_text.delta", 5, Delta(", 🌞")), ", 🌞")
        .Event(ResponseEvent("response.output_text.done", 6, """ "item_id":"msg_1","output_index":0,"content_index":0,"text":"Привет, 🌞","logprobs":[]"""))
        .Event(ResponseEvent("response.content_part.done", 7, Part("""{"type":"output_text","annotations":[],"logprobs":[],"text":"Привет, 🌞"}""")))
        .Event(ResponseEvent("response.output_item.done", 8, $""" "output_index":0,"item":{Item}"""))
        .Event(
            ResponseEvent("response.completed", 9, Response("completed", $"[{Item}]", """{"input_tokens":8,"input_tokens_details":{"cached_tokens":0},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":13}""")),
            finish: "stop",
            usage: "8/5")
        .InChunks();

    /// <summary>
    /// Anthropic's Messages: a ping, a block of text, the stop reason with the last usage in <c>message_delta</c>; and <c>message_stop</c>, which
    /// alone says that this was all.
    /// </summary>
    public static Recording Anthropic { get; } = new RecordingBuilder("anthropic", ProviderProtocol.Messages)
        .Head("""
            HTTP/1.1 200 OK
            Date: Sat, 21 Nov 2026 12:00:00 GMT
            Content-Type: text/event-stream; charset=utf-8
            Connection: keep-alive
            Cache-Control: no-cache
            request-id: req_011
            """)
        .Event(MessageEvent("message_start", """ "message":{"id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}"""))
        .Event(MessageEvent("content_block_start", """ "index":0,"content_block":{"type":"text","text":""}"""))
        .Event("event: ping\ndata: {\"type\": \"ping\"}")
        .Event(MessageEvent("content_block_delta", """ "index":0,"delta":{"type":"text_delta","text":"Olá"}"""), "Olá")
        .Event(MessageEvent("content_block_delta", """ "index":0,"delta":{"type":"text_delta","text":" 🌊 mar"}"""), " 🌊 mar")
        .Event(MessageEvent("content_block_stop", """ "index":0"""))
        .Event(MessageEvent("message_delta", """ "delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":7}"""))
        .Event(MessageEvent("message_stop", null), finish: "stop", usage: "10/7")
        .InChunks();

    private const string Item =
        """{"id":"msg_1","type":"message","status":"completed","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"Привет, 🌞"}],"role":"assistant"}""";

    private static string ResponseEvent(string type, int number, string rest) =>
        $$"""
        event: {{type}}
        data: {"type":"{{type}}","sequence_number":{{number}},{{rest}}}
        """;

    private static string Response(string status, string output, string usage) =>
        $$$""" "response":{"id":"resp_1","object":"response","created_at":1795262400,"status":"{{{status}}}","background":false,"error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,"model":"gpt-4.1-mini-2025-04-14","output":{{{output}}},"parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":null,"summary":null},"store":true,"temperature":1.0,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":{{{usage}}},"user":null,"metadata":{}}""";

    private static string Part(string part) => $""" "item_id":"msg_1","output_index":0,"content_index":0,"part":{part}""";

    private static string Delta(string text) => $""" "item_id":"msg_1","output_index":0,"content_index":0,"delta":"{text}","obfuscation":"a7","logprobs":[]""";

    private static string MessageEvent(string type, string? rest) =>
        $$"""
        event: {{type}}
        data: {"type":"{{type}}"{{(rest is null ? "" : "," + rest)}}}
        """;
}
