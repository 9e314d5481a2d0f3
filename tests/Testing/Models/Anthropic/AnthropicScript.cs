using System.Text.Json;

namespace OrleansChat.Testing.Models.Anthropic;

/// <summary>Steps of a <see cref="ModelScript"/> that answers in Anthropic's Messages protocol, event by event as Anthropic writes them.</summary>
/// <example><code>
/// ModelScript.Stream.MessageStart(input: 12).TextBlock(0, "Hello", " world").MessageDelta("end_turn", output: 2).MessageStop()
/// </code></example>
public static class AnthropicScript
{
    /// <summary>A whole and good reply: 10 tokens read and one written per piece.</summary>
    public static ModelScript Reply(params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return ModelScript.Stream.MessageStart(10).TextBlock(0, pieces).MessageDelta("end_turn", pieces.Length).MessageStop();
    }

    /// <summary>Sends <c>message_start</c>, with what was read.</summary>
    public static ModelScript MessageStart(this ModelScript script, int input, int cacheRead = 0, int cacheWritten = 0) => script.Named(
        "message_start",
        $$$$"""
        {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"test-model","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":{{{{input}}}},"cache_creation_input_tokens":{{{{cacheWritten}}}},"cache_read_input_tokens":{{{{cacheRead}}}},"output_tokens":1}}}
        """);

    /// <summary>Sends <c>ping</c>.</summary>
    public static ModelScript Ping(this ModelScript script) => script.Named("ping", """{"type":"ping"}""");

    /// <summary>Starts a block.</summary>
    /// <param name="script">The script.</param>
    /// <param name="index">The block's place.</param>
    /// <param name="block">Its JSON.</param>
    public static ModelScript BlockStart(this ModelScript script, int index, string block) => script.Named(
        "content_block_start", $$"""{"type":"content_block_start","index":{{index}},"content_block":{{block}}}""");

    /// <summary>Adds to a block.</summary>
    /// <param name="script">The script.</param>
    /// <param name="index">The block's place.</param>
    /// <param name="delta">The delta's JSON.</param>
    public static ModelScript BlockDelta(this ModelScript script, int index, string delta) => script.Named(
        "content_block_delta", $$"""{"type":"content_block_delta","index":{{index}},"delta":{{delta}}}""");

    /// <summary>Ends a block.</summary>
    public static ModelScript BlockStop(this ModelScript script, int index) => script.Named(
        "content_block_stop", $$"""{"type":"content_block_stop","index":{{index}}}""");

    /// <summary>Adds pieces of text to a block.</summary>
    public static ModelScript TextDeltas(this ModelScript script, int index, params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return pieces.Aggregate(script, (result, piece) => result.BlockDelta(index, $$"""{"type":"text_delta","text":{{Quote(piece)}}}"""));
    }

    /// <summary>Sends a block of text.</summary>
    public static ModelScript TextBlock(this ModelScript script, int index, params string[] pieces) =>
        script.BlockStart(index, """{"type":"text","text":""}""").TextDeltas(index, pieces).BlockStop(index);

    /// <summary>Sends a block of thinking with its signature.</summary>
    public static ModelScript ThinkingBlock(this ModelScript script, int index, string signature, params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return pieces
            .Aggregate(
                script.BlockStart(index, """{"type":"thinking","thinking":"","signature":""}"""),
                (result, piece) => result.BlockDelta(index, $$"""{"type":"thinking_delta","thinking":{{Quote(piece)}}}"""))
            .BlockDelta(index, $$"""{"type":"signature_delta","signature":{{Quote(signature)}}}""")
            .BlockStop(index);
    }

    /// <summary>Sends a call of a tool, its input in pieces, the first of which is always empty.</summary>
    public static ModelScript ToolBlock(this ModelScript script, int index, string id, string name, params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return pieces.Prepend("")
            .Aggregate(
                script.BlockStart(index, $$$"""{"type":"tool_use","id":{{{Quote(id)}}},"name":{{{Quote(name)}}},"input":{}}"""),
                (result, piece) => result.BlockDelta(index, $$"""{"type":"input_json_delta","partial_json":{{Quote(piece)}}}"""))
            .BlockStop(index);
    }

    /// <summary>Sends <c>message_delta</c>: why the model stopped, and what was written.</summary>
    public static ModelScript MessageDelta(this ModelScript script, string stopReason, int output) => script.Named(
        "message_delta",
        $$$"""{"type":"message_delta","delta":{"stop_reason":{{{Quote(stopReason)}}},"stop_sequence":null},"usage":{"output_tokens":{{{output}}}}}""");

    /// <summary>Sends <c>message_stop</c>, the end signal.</summary>
    public static ModelScript MessageStop(this ModelScript script) => script.Named("message_stop", """{"type":"message_stop"}""");

    /// <summary>Sends <c>error</c>.</summary>
    public static ModelScript StreamError(this ModelScript script, string type, string message = "It broke.") =>
        script.Named("error", Error(type, message));

    /// <summary>The error envelope.</summary>
    public static string Error(string type, string message) =>
        $$$"""{"type":"error","error":{"type":{{{Quote(type)}}},"message":{{{Quote(message)}}}},"request_id":"req_01"}""";

    private static ModelScript Named(this ModelScript script, string type, string data)
    {
        ArgumentNullException.ThrowIfNull(script);
        return script.Event(data.Trim(), type);
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
