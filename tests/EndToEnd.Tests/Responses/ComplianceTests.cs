using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Responses;

/// <summary>The cases of the Open Responses compliance suite.</summary>
public class ComplianceTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    // One red pixel.
    private const string Image =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    private static readonly object[] Tools =
    [
        new { type = "function", name = "get_weather", description = "The weather of a place.", parameters = new { type = "object", properties = new { location = new { type = "string" } }, required = new[] { "location" } } },
    ];

    [Fact]
    public async Task A_text() => AssertCompleted(await CreateAsync(new { model = "scripted", input = new[] { Said("user", "Say hello.") } }), "message");

    [Fact]
    public async Task A_text_in_events()
    {
        var events = await FollowAsync(new { model = "scripted", input = new[] { Said("user", "Count.") }, stream = true });

        AssertCompleted(events[^1].GetProperty("response"), "message");
        Assert.Equal("Hello, world!", string.Concat(events.Where(e => e.GetProperty("type").GetString() == "response.output_text.delta").Select(e => e.GetProperty("delta").GetString())));
    }

    [Fact]
    public async Task A_system_prompt()
    {
        AssertCompleted(await CreateAsync(new { model = "scripted", input = new[] { Said("system", "You are a pirate."), Said("user", "Say hello.") } }), "message");

        Assert.Equal(["system You are a pirate.", "user Say hello."], LastPrompt());
    }

    [Fact]
    public async Task A_function_call()
    {
        fixture.Model.Enqueue(ModelScript.Stream.ToolCall(0, "call_1", "get_weather", "{\"location\":", "\"San Francisco\"}").Finish("tool_calls").Done());
        var response = await CreateAsync(new { model = "scripted", input = new[] { Said("user", "How is the weather?") }, tools = Tools });

        AssertCompleted(response, "function_call");
        Assert.Equal("{\"location\":\"San Francisco\"}", response.GetProperty("output")[0].GetProperty("arguments").GetString());
    }

    [Fact]
    public async Task A_function_call_in_events()
    {
        fixture.Model.Enqueue(ModelScript.Stream.ToolCall(0, "call_1", "get_weather", "{\"location\":", "\"San Francisco\"}").Finish("tool_calls").Done());
        var events = await FollowAsync(new { model = "scripted", input = new[] { Said("user", "How is the weather?") }, tools = Tools, stream = true });
        var types = events.Select(e => e.GetProperty("type").GetString()).ToList();

        AssertCompleted(events[^1].GetProperty("response"), "function_call");
        Assert.Equal(
            ["response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done"],
            types.Skip(2).Distinct().Take(4));
        Assert.Equal("function_call", events[2].GetProperty("item").GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_image()
    {
        var content = new object[] { new { type = "input_text", text = "What is this?" }, new { type = "input_image", image_url = Image } };

        AssertCompleted(await CreateAsync(new { model = "scripted", input = new[] { new { type = "message", role = "user", content } } }), "message");
    }

    [Fact]
    public async Task Several_turns()
    {
        object[] input = [Said("user", "My name is Alice."), Said("assistant", "Hello Alice!"), Said("user", "What is my name?")];

        AssertCompleted(await CreateAsync(new { model = "scripted", input }), "message");

        Assert.Equal(["user My name is Alice.", "assistant Hello Alice!", "user What is my name?"], LastPrompt());
    }

    private static object Said(string role, string content) => new { type = "message", role, content };

    private static void AssertCompleted(JsonElement response, string item)
    {
        ResponseSchema.CheckResponse(response);
        Assert.Equal("completed", response.GetProperty("status").GetString());
        Assert.Contains(response.GetProperty("output").EnumerateArray(), each => each.GetProperty("type").GetString() == item);
    }

    private IEnumerable<string> LastPrompt() => fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray()
        .Select(message => $"{message.GetProperty("role").GetString()} {message.GetProperty("content").GetString()}");

    private Task<JsonElement> CreateAsync(object body) => fixture.Api.PostAsync("/v1/responses", body);

    private async Task<IReadOnlyList<JsonElement>> FollowAsync(object body)
    {
        using var stream = await fixture.Api.PostAndFollowAsync("/v1/responses", body);
        await stream.ToEndAsync();
        var events = stream.Events.Select(e => e.Json).ToList();
        Assert.All(events, ResponseSchema.CheckEvent);
        Assert.False(stream.WasCut);
        return events;
    }
}
