using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Anthropic;

/// <summary>Writes what a Messages request says of tools.</summary>
internal static class AnthropicTools
{
    /// <summary>Writes <c>tools</c> and <c>tool_choice</c>, where there are tools.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="options">What is asked for.</param>
    public static void Write(Utf8JsonWriter writer, ChatOptions options)
    {
        var tools = ToolsOf(options);
        if (tools.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, tool.Name);
            if (tool.Description.Length > 0)
            {
                writer.WriteString("description"u8, tool.Description);
            }

            writer.WritePropertyName("input_schema"u8);
            tool.JsonSchema.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteChoice(writer, options.ToolMode, options.AllowMultipleToolCalls);
    }

    /// <summary>Whether the model is made to use a tool.</summary>
    public static bool AreRequired(ChatOptions? options) => options?.ToolMode is RequiredChatToolMode && ToolsOf(options).Count > 0;

    /// <summary>Writes a call as a block.</summary>
    public static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "tool_use"u8);
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("name"u8, call.Name);
        writer.WritePropertyName("input"u8);
        var arguments = ToolCallArguments.TextOf(call);
        if (IsObject(arguments))
        {
            writer.WriteRawValue(arguments);
        }
        else
        {
            // Cut off when the model was: the API takes objects only, and the result says what became of it.
            writer.WriteStartObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a result as a block.</summary>
    public static void WriteResult(Utf8JsonWriter writer, FunctionResultContent result)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "tool_result"u8);
        writer.WriteString("tool_use_id"u8, result.CallId);
        if (ToolOutput.Of(result) is { Length: > 0 } output)
        {
            writer.WriteString("content"u8, output);
        }

        if (result.Exception is not null)
        {
            writer.WriteBoolean("is_error"u8, true);
        }

        writer.WriteEndObject();
    }

    private static List<AIFunctionDeclaration> ToolsOf(ChatOptions options) => [.. options.Tools?.OfType<AIFunctionDeclaration>() ?? []];

    private static void WriteChoice(Utf8JsonWriter writer, ChatToolMode? mode, bool? severalAtOnce)
    {
        if (mode is null && severalAtOnce != false)
        {
            return;
        }

        writer.WriteStartObject("tool_choice"u8);
        var name = (mode as RequiredChatToolMode)?.RequiredFunctionName;
        writer.WriteString("type"u8, mode switch
        {
            NoneChatToolMode => "none",
            RequiredChatToolMode when name is not null => "tool",
            RequiredChatToolMode => "any",
            _ => "auto",
        });
        if (name is not null)
        {
            writer.WriteString("name"u8, name);
        }

        if (severalAtOnce == false && mode is not NoneChatToolMode)
        {
            writer.WriteBoolean("disable_parallel_tool_use"u8, true);
        }

        writer.WriteEndObject();
    }

    private static bool IsObject(string json)
    {
        try
        {
            return JsonElement.Parse(json).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
