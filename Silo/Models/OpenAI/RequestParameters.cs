using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.OpenAI;

/// <summary>Writes how a reply is to be made into a Chat Completions request.</summary>
internal static class RequestParameters
{
    /// <summary>What the endpoint calls a schema that was given no name; it takes none without.</summary>
    private const string UnnamedSchema = "reply";

    /// <summary>Writes what is set.</summary>
    public static void Write(Utf8JsonWriter writer, string maxTokensName, ChatOptions options)
    {
        if (options.Temperature is { } temperature)
        {
            writer.WriteNumber("temperature"u8, temperature);
        }

        if (options.TopP is { } topP)
        {
            writer.WriteNumber("top_p"u8, topP);
        }

        if (options.MaxOutputTokens is { } maxTokens)
        {
            writer.WriteNumber(maxTokensName, maxTokens);
        }

        if (options.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop"u8);
            foreach (var stop in stops)
            {
                writer.WriteStringValue(stop);
            }

            writer.WriteEndArray();
        }

        if (options.Seed is { } seed)
        {
            writer.WriteNumber("seed"u8, seed);
        }

        if (options.FrequencyPenalty is { } frequency)
        {
            writer.WriteNumber("frequency_penalty"u8, frequency);
        }

        if (options.PresencePenalty is { } presence)
        {
            writer.WriteNumber("presence_penalty"u8, presence);
        }

        if (ReasoningEffortWord.Of(options) is { } effort)
        {
            writer.WriteString("reasoning_effort"u8, effort);
        }

        if (VerbosityWord.Of(options) is { } verbosity)
        {
            writer.WriteString("verbosity"u8, verbosity);
        }

        WriteFormat(writer, options);
        if (options.Tools is { Count: > 0 } tools)
        {
            WriteTools(writer, tools);
            WriteToolMode(writer, options.ToolMode);
            if (options.AllowMultipleToolCalls is { } several)
            {
                writer.WriteBoolean("parallel_tool_calls"u8, several);
            }
        }
    }

    private static void WriteFormat(Utf8JsonWriter writer, ChatOptions options)
    {
        if (options.ResponseFormat is ChatResponseFormatText)
        {
            writer.WriteStartObject("response_format"u8);
            writer.WriteString("type"u8, "text"u8);
            writer.WriteEndObject();
        }
        else if (options.ResponseFormat is ChatResponseFormatJson json)
        {
            writer.WriteStartObject("response_format"u8);
            writer.WriteString("type"u8, json.Schema is null ? "json_object"u8 : "json_schema"u8);
            if (json.Schema is { } schema)
            {
                writer.WriteStartObject("json_schema"u8);
                writer.WriteString("name"u8, json.SchemaName ?? UnnamedSchema);
                WriteIfSet(writer, "description"u8, json.SchemaDescription);
                writer.WritePropertyName("schema"u8);
                schema.WriteTo(writer);
                WriteStrict(writer, options.AdditionalProperties);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteTools(Utf8JsonWriter writer, IEnumerable<AITool> tools)
    {
        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, tool.Name);
            WriteIfSet(writer, "description"u8, tool.Description);
            writer.WritePropertyName("parameters"u8);
            tool.JsonSchema.WriteTo(writer);
            WriteStrict(writer, tool.AdditionalProperties);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteToolMode(Utf8JsonWriter writer, ChatToolMode? mode)
    {
        switch (mode)
        {
            case null:
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "function"u8);
                writer.WriteStartObject("function"u8);
                writer.WriteString("name"u8, name);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("tool_choice"u8, mode is RequiredChatToolMode ? "required"u8 : mode is NoneChatToolMode ? "none"u8 : "auto"u8);
                break;
        }
    }

    private static void WriteIfSet(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteStrict(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?>? properties)
    {
        if (properties?.TryGetValue(ToolDeclaration.Strict, out var strict) == true && strict is bool isStrict)
        {
            writer.WriteBoolean("strict"u8, isStrict);
        }
    }
}
