using System.Text.Json;

namespace OrleansChat.Testing.Models;

/// <summary>The JSON of Chat Completions chunks, as OpenAI writes it.</summary>
public static class ModelChunks
{
    private const string Head = """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1893499200,"model":"test-model",""";

    /// <summary>A delta of text.</summary>
    public static string Text(string text) =>
        $$"""{{Head}}"choices":[{"index":0,"delta":{"content":{{Quote(text)}}},"finish_reason":null}]}""";

    /// <summary>A delta of thinking, under the name that most servers give it, or another.</summary>
    public static string Reasoning(string text, string property = "reasoning_content") => Delta($"{Quote(property)}:{Quote(text)}");

    /// <summary>A delta of a refusal.</summary>
    public static string Refusal(string text) => Delta($"\"refusal\":{Quote(text)}");

    /// <summary>The first piece of a tool call.</summary>
    public static string ToolCall(int index, string id, string name) =>
        Delta($$$"""
        "tool_calls":[{"index":{{{index}}},"id":{{{Quote(id)}}},"type":"function","function":{"name":{{{Quote(name)}}},"arguments":""}}]
        """);

    /// <summary>A further piece of a tool call.</summary>
    public static string Arguments(int index, string piece) =>
        Delta($$$"""
        "tool_calls":[{"index":{{{index}}},"function":{"arguments":{{{Quote(piece)}}}}}]
        """);

    /// <summary>The end signal.</summary>
    public static string Finish(string reason) =>
        $$"""{{Head}}"choices":[{"index":0,"delta":{},"finish_reason":{{Quote(reason)}}}]}""";

    /// <summary>The usage, in a chunk of its own.</summary>
    public static string Usage(int input, int output) =>
        $$"""{{Head}}"choices":[],"usage":{{UsageObject(input, output)}}}""";

    /// <summary>The object within a usage chunk.</summary>
    public static string UsageObject(int input, int output) =>
        $$"""{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}}}""";

    /// <summary>The error envelope.</summary>
    public static string Error(string code, string type, string message) =>
        $$$"""{"error":{"message":{{{Quote(message)}}},"type":{{{Quote(type)}}},"param":null,"code":{{{Quote(code)}}}}}""";

    private static string Delta(string properties) =>
        Head + "\"choices\":[{\"index\":0,\"delta\":{" + properties + "},\"finish_reason\":null}]}";

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
