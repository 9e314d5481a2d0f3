using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Upstream;

/// <summary>The result of a tool call as text.</summary>
internal static class ToolOutput
{
    /// <summary>Text as it is, anything else as JSON; empty where there is none.</summary>
    public static string Of(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        var other => JsonSerializer.Serialize(other, AIJsonUtilities.DefaultOptions),
    };
}
