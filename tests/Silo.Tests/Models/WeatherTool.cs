using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Silo.Tests.Models;

/// <summary>A tool that somebody else would carry out.</summary>
internal sealed class WeatherTool : AIFunctionDeclaration
{
    public override string Name => "weather";

    public override string Description => "Tells the weather.";

    public override JsonElement JsonSchema { get; } =
        JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""");

    /// <summary>A conversation in which it was called once, with arguments as a model wrote them, and answered.</summary>
    public static IReadOnlyList<ChatMessage> Conversation(string arguments) =>
    [
        new(ChatRole.User, "Weather?"),
        new(ChatRole.Assistant,
        [
            new TextContent("I look."),
            new FunctionCallContent("call_1", "weather") { AdditionalProperties = new() { ["arguments"] = arguments } },
        ]),
        new(ChatRole.Tool, [new FunctionResultContent("call_1", "sunny")]),
    ];
}
