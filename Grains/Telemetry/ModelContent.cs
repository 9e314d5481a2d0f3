using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace OrleansChat.Telemetry;

/// <summary>What people and models say, as attributes of a span; only where the operator has asked for it.</summary>
internal static class ModelContent
{
    private const int MostText = 64 * 1024;

    /// <summary>Adds what a model is asked.</summary>
    public static void AddInput(Activity activity, IReadOnlyList<ChatMessage> messages)
    {
        var system = new JsonArray([.. messages.Where(message => message.Role == ChatRole.System).Select(message => Part(message.Text))]);
        if (system.Count > 0)
        {
            activity.SetTag("gen_ai.system_instructions", system.ToJsonString(JsonSerializerOptions.Web));
        }

        var others = messages.Where(message => message.Role != ChatRole.System).Select(message => Message(message.Role.Value, message.Text));
        activity.SetTag("gen_ai.input.messages", new JsonArray([.. others]).ToJsonString(JsonSerializerOptions.Web));
    }

    /// <summary>Adds what it answers.</summary>
    public static void AddOutput(Activity activity, string text, string? finishReason)
    {
        var message = Message("assistant", text);
        message["finish_reason"] = finishReason;
        activity.SetTag("gen_ai.output.messages", new JsonArray(message).ToJsonString(JsonSerializerOptions.Web));
    }

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["parts"] = new JsonArray(Part(text)) };

    private static JsonObject Part(string text) =>
        new() { ["type"] = "text", ["content"] = text.Length <= MostText ? text : text[..MostText] };
}
