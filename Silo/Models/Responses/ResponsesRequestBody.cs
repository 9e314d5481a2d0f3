using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Responses;

/// <summary>Writes the body of a Responses request.</summary>
internal static class ResponsesRequestBody
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body, as UTF-8.</summary>
    /// <param name="model">The model's name at the endpoint.</param>
    /// <param name="mostTokens">How many tokens the reply may have, where <paramref name="options"/> do not say; null for as many as the model makes.</param>
    /// <param name="summarizes">Whether the model tells of its reasoning.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">
    /// What else is asked for; what the API does not have (stop sequences, a seed, penalties) is left out. A response that may go on in the background
    /// is stored by the provider, which that needs, and no other is. Or null.
    /// </param>
    public static ReadOnlyMemory<byte> Write(
        string model, int? mostTokens, bool summarizes, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        var isBackground = options?.AllowBackgroundResponses == true;
        writer.WriteStartObject();
        writer.WriteString("model"u8, model);
        writer.WriteBoolean("stream"u8, true);
        writer.WriteBoolean("store"u8, isBackground);
        if (isBackground)
        {
            writer.WriteBoolean("background"u8, true);
        }

        if (options?.Instructions is { Length: > 0 } instructions)
        {
            writer.WriteString("instructions"u8, instructions);
        }

        ResponsesInput.Write(writer, messages);
        if ((options?.MaxOutputTokens ?? mostTokens) is { } limit)
        {
            writer.WriteNumber("max_output_tokens"u8, limit);
        }

        WriteReasoning(writer, options is null ? null : ReasoningEffortWord.Of(options), summarizes);
        if (options is not null)
        {
            WriteOptions(writer, options);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteReasoning(Utf8JsonWriter writer, string? effort, bool summarizes)
    {
        if (effort is null && !summarizes)
        {
            return;
        }

        writer.WriteStartObject("reasoning"u8);
        if (effort is not null)
        {
            writer.WriteString("effort"u8, effort);
        }

        if (summarizes)
        {
            writer.WriteString("summary"u8, "auto"u8);
        }

        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, ChatOptions options)
    {
        if (options.Temperature is { } temperature)
        {
            writer.WriteNumber("temperature"u8, temperature);
        }

        if (options.TopP is { } topP)
        {
            writer.WriteNumber("top_p"u8, topP);
        }

        var (format, verbosity) = (options.ResponseFormat as ChatResponseFormatJson, VerbosityWord.Of(options));
        if (format is not null || verbosity is not null)
        {
            writer.WriteStartObject("text"u8);
            if (format is not null)
            {
                WriteFormat(writer, format, options.AdditionalProperties);
            }

            if (verbosity is not null)
            {
                writer.WriteString("verbosity"u8, verbosity);
            }

            writer.WriteEndObject();
        }

        WriteTools(writer, options);
    }

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormatJson format, AdditionalPropertiesDictionary? properties)
    {
        writer.WriteStartObject("format"u8);
        if (format.Schema is { } schema)
        {
            writer.WriteString("type"u8, "json_schema"u8);
            writer.WriteString("name"u8, format.SchemaName ?? "answer");
            if (format.SchemaDescription is { Length: > 0 } description)
            {
                writer.WriteString("description"u8, description);
            }

            writer.WritePropertyName("schema"u8);
            schema.WriteTo(writer);
            if (IsStrict(properties) is { } strict)
            {
                writer.WriteBoolean("strict"u8, strict);
            }
        }
        else
        {
            writer.WriteString("type"u8, "json_object"u8);
        }

        writer.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter writer, ChatOptions options)
    {
        List<AIFunctionDeclaration> tools = [.. options.Tools?.OfType<AIFunctionDeclaration>() ?? []];
        if (tools.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteString("name"u8, tool.Name);
            if (tool.Description.Length > 0)
            {
                writer.WriteString("description"u8, tool.Description);
            }

            writer.WritePropertyName("parameters"u8);
            tool.JsonSchema.WriteTo(writer);

            // By default the API refuses schemas that leave anything optional.
            writer.WriteBoolean("strict"u8, IsStrict(tool.AdditionalProperties) == true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteChoice(writer, options.ToolMode);
        if (options.AllowMultipleToolCalls is { } several)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, several);
        }
    }

    private static bool? IsStrict(IReadOnlyDictionary<string, object?>? properties) =>
        properties?.TryGetValue(ToolDeclaration.Strict, out var strict) == true ? strict as bool? : null;

    private static void WriteChoice(Utf8JsonWriter writer, ChatToolMode? mode)
    {
        switch (mode)
        {
            case null:
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "function"u8);
                writer.WriteString("name"u8, name);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("tool_choice"u8, mode is RequiredChatToolMode ? "required" : mode is NoneChatToolMode ? "none" : "auto");
                break;
        }
    }
}
