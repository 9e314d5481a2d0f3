using System.ClientModel;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.OpenAi;

/// <summary>OpenAI's SDK for .NET, and Chat Completions.</summary>
public class DotNetChatTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "get_weather", "The weather of a city.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}"""));

    [Fact]
    public async Task Whole_and_in_chunks_it_says_what_the_model_says()
    {
        var whole = await Client("demo").CompleteChatAsync([new SystemChatMessage("Be brief."), new UserChatMessage("[demo: tokens=20]")]);
        var (text, usage, reason) = ("", (ChatTokenUsage?)null, (ChatFinishReason?)null);
        var ids = new HashSet<string>();
        await foreach (var update in Client("demo").CompleteChatStreamingAsync([new UserChatMessage("[demo: tokens=20 think=5]")]))
        {
            ids.Add(update.CompletionId);
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
            reason = update.FinishReason ?? reason;
        }

        Assert.Equal((ChatFinishReason.Stop, 20), (whole.Value.FinishReason, whole.Value.Usage.OutputTokenCount));
        Assert.True(whole.Value.Content[0].Text.Length > 20);
        Assert.StartsWith("chatcmpl-", whole.Value.Id, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, reason);
        Assert.True(usage!.OutputTokenCount >= 20);
        var stored = await fixture.Api.GetAsync($"/v1/chat/completions/{Assert.Single(ids)}");
        Assert.Equal(text, stored.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Parallel_calls_are_made_and_answered()
    {
        var options = new ChatCompletionOptions { Tools = { Weather } };
        var messages = new List<ChatMessage> { new UserChatMessage("[demo: call=2] How is the weather in Paris and Oslo?") };

        ChatCompletion calls = await Client("demo").CompleteChatAsync(messages, options);
        messages.Add(new AssistantChatMessage(calls));
        messages.AddRange(calls.ToolCalls.Select((call, i) => new ToolChatMessage(call.Id, $"It is {i + 12} degrees.")));
        ChatCompletion answer = await Client("demo").CompleteChatAsync(messages, options);

        Assert.Equal(ChatFinishReason.ToolCalls, calls.FinishReason);
        Assert.Equal(["get_weather", "get_weather"], calls.ToolCalls.Select(call => call.FunctionName));
        Assert.Contains("12 degrees", answer.Content[0].Text, StringComparison.Ordinal);
        Assert.Contains("13 degrees", answer.Content[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_in_chunks_are_the_same()
    {
        var calls = new SortedDictionary<int, (string Id, string Name, string Arguments)>();
        await foreach (var update in Client("demo").CompleteChatStreamingAsync(
            [new UserChatMessage("[demo: call=2] How is the weather?")], new ChatCompletionOptions { Tools = { Weather } }))
        {
            foreach (var piece in update.ToolCallUpdates)
            {
                var (id, name, arguments) = calls.GetValueOrDefault(piece.Index, ("", "", ""));
                calls[piece.Index] = (id + piece.ToolCallId, name + piece.FunctionName, arguments + piece.FunctionArgumentsUpdate);
            }
        }

        Assert.Equal(2, calls.Values.Select(call => call.Id).Distinct().Count());
        Assert.All(calls.Values, call => Assert.Equal(("get_weather", JsonValueKind.Object), (call.Name, JsonElement.Parse(call.Arguments).ValueKind)));
    }

    [Fact]
    public async Task Everything_that_can_be_asked_for_is_taken()
    {
        var image = ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(Convert.FromBase64String("R0lGODlhAQABAAAAACw=")), "image/gif", ChatImageDetailLevel.Low);
        ChatCompletion completion = await Client("scripted").CompleteChatAsync(
            [new SystemChatMessage("Answer in JSON."), new UserChatMessage(ChatMessageContentPart.CreateTextPart("What is this?"), image)],
            new ChatCompletionOptions
            {
                Temperature = 0.1f, TopP = 0.9f, MaxOutputTokenCount = 40, StopSequences = { "END" }, FrequencyPenalty = 0.1f, PresencePenalty = 0.1f,
                EndUserId = "u", StoredOutputEnabled = false, Metadata = { ["topic"] = "images" },
                ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString("""{"type":"object"}"""), jsonSchemaIsStrict: true),
            });

        Assert.Equal("Hello, world!", completion.Content[0].Text);
        var request = fixture.Model.Requests[^1].Json;
        Assert.Equal((40, "json_schema"), (request.GetProperty("max_tokens").GetInt32(), request.GetProperty("response_format").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_refusal_is_one()
    {
        ChatCompletion whole = await Client("demo").CompleteChatAsync([new UserChatMessage("[demo: refuse]")]);
        var words = "";
        await foreach (var update in Client("demo").CompleteChatStreamingAsync([new UserChatMessage("[demo: refuse]")]))
        {
            words += update.RefusalUpdate;
        }

        Assert.False(string.IsNullOrEmpty(whole.Refusal));
        Assert.False(string.IsNullOrEmpty(words));
    }

    [Fact]
    public async Task What_is_wrong_is_told()
    {
        var unknown = await Assert.ThrowsAsync<ClientResultException>(() => Client("nobody").CompleteChatAsync([new UserChatMessage("x")]));
        var wrong = await Assert.ThrowsAsync<ClientResultException>(
            () => Client("demo").CompleteChatAsync([new UserChatMessage("x")], new ChatCompletionOptions { Temperature = 9 }));

        Assert.Equal(404, unknown.Status);
        Assert.Contains("model_not_found", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(400, wrong.Status);
        Assert.Contains("temperature", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_fails_is_repeated_by_the_SDK_and_made_once()
    {
        var asked = fixture.Model.Requests.Count;
        fixture.Model.Enqueue(ModelScript.Stream.Text("half"));

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Client("scripted").CompleteChatAsync([new UserChatMessage("fail")]));

        Assert.Equal(502, failure.Status);
        Assert.Contains("upstream_truncated", failure.Message, StringComparison.Ordinal);
        Assert.Equal(asked + 1, fixture.Model.Requests.Count);
    }

    [Fact]
    public async Task A_stream_that_fails_does_not_end_well()
    {
        // An error in the stream goes unnoticed by the SDK; that the connection is cut does not.
        var text = "";
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var update in Client("demo").CompleteChatStreamingAsync([new UserChatMessage("[demo: truncate after=5]")]))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            }
        });

        Assert.NotEqual("", text);
    }

    [Fact]
    public async Task Models_are_listed()
    {
        var models = new OpenAIModelClient(new ApiKeyCredential("none"), Options());

        Assert.Equal(["scripted", "demo", "impatient"], (await models.GetModelsAsync()).Value.Select(model => model.Id));
        Assert.Equal("orleanschat-demo", (await models.GetModelAsync("demo")).Value.OwnedBy);
    }

    private ChatClient Client(string model) => new(model, new ApiKeyCredential("none"), Options());

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(fixture.Api.Http.BaseAddress!, "/v1") };
}
