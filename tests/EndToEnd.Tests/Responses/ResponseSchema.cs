using System.Text.Json;

namespace OrleansChat.EndToEnd.Tests.Responses;

/// <summary>What Open Responses (https://www.openresponses.org) requires of a response and of the events of a stream.</summary>
internal static class ResponseSchema
{
    private static readonly string[] Required =
    [
        "id", "object", "created_at", "completed_at", "status", "incomplete_details", "model", "previous_response_id", "instructions", "output", "error", "tools",
        "tool_choice", "truncation", "parallel_tool_calls", "text", "top_p", "presence_penalty", "frequency_penalty", "top_logprobs", "temperature", "reasoning",
        "user", "usage", "max_output_tokens", "max_tool_calls", "store", "background", "service_tier", "metadata", "safety_identifier", "prompt_cache_key",
    ];

    private static readonly Dictionary<string, string[]> OfItems = new(StringComparer.Ordinal)
    {
        ["message"] = ["id", "status", "role", "content"],
        ["function_call"] = ["id", "status", "call_id", "name", "arguments"],
        ["reasoning"] = ["id", "summary"],
    };

    private static readonly Dictionary<string, string[]> OfEvents = new(StringComparer.Ordinal)
    {
        ["response.created"] = ["response"],
        ["response.in_progress"] = ["response"],
        ["response.completed"] = ["response"],
        ["response.output_item.added"] = ["output_index", "item"],
        ["response.output_item.done"] = ["output_index", "item"],
        ["response.content_part.added"] = ["item_id", "output_index", "content_index", "part"],
        ["response.content_part.done"] = ["item_id", "output_index", "content_index", "part"],
        ["response.output_text.delta"] = ["item_id", "output_index", "content_index", "delta", "logprobs"],
        ["response.output_text.done"] = ["item_id", "output_index", "content_index", "text", "logprobs"],
        ["response.function_call_arguments.delta"] = ["item_id", "output_index", "delta"],
        ["response.function_call_arguments.done"] = ["item_id", "output_index", "arguments"],
    };

    /// <summary>Checks a response.</summary>
    public static void CheckResponse(JsonElement response)
    {
        Assert.All(Required, name => Assert.True(response.TryGetProperty(name, out _), $"'{name}' is missing."));
        Assert.Equal("response", response.GetProperty("object").GetString());
        Assert.All(
            ["top_p", "presence_penalty", "frequency_penalty", "top_logprobs", "temperature", "created_at"],
            name => Assert.Equal(JsonValueKind.Number, response.GetProperty(name).ValueKind));
        Assert.All(["truncation", "service_tier", "model", "status"], name => Assert.Equal(JsonValueKind.String, response.GetProperty(name).ValueKind));
        foreach (var item in response.GetProperty("output").EnumerateArray())
        {
            Assert.All(OfItems[item.GetProperty("type").GetString()!], name => Assert.True(item.TryGetProperty(name, out _), $"{item} has no '{name}'."));
        }

        if (response.GetProperty("usage") is { ValueKind: JsonValueKind.Object } usage)
        {
            Assert.Equal(usage.GetProperty("total_tokens").GetInt64(), usage.GetProperty("input_tokens").GetInt64() + usage.GetProperty("output_tokens").GetInt64());
            Assert.True(usage.GetProperty("input_tokens_details").TryGetProperty("cached_tokens", out _));
            Assert.True(usage.GetProperty("output_tokens_details").TryGetProperty("reasoning_tokens", out _));
        }
    }

    /// <summary>Checks an event.</summary>
    public static void CheckEvent(JsonElement json)
    {
        var type = json.GetProperty("type").GetString()!;
        Assert.Equal(JsonValueKind.Number, json.GetProperty("sequence_number").ValueKind);
        Assert.All(OfEvents[type], name => Assert.True(json.TryGetProperty(name, out _), $"{type} has no '{name}'."));
        if (json.TryGetProperty("response", out var response))
        {
            CheckResponse(response);
        }
    }
}
