using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Upstream;

/// <summary>The arguments of a tool call as text.</summary>
internal static class RawArguments
{
    private const string Key = "arguments";

    /// <summary>The JSON that the model wrote, letter by letter where it was kept; it may be cut off, and then is no JSON.</summary>
    public static string Of(FunctionCallContent call) =>
        call.AdditionalProperties?.TryGetValue(Key, out var raw) == true && raw is string text ? text
        : call.Arguments is { Count: > 0 } arguments ? JsonSerializer.Serialize(arguments, AIJsonUtilities.DefaultOptions)
        : "{}";
}
