// OPENAI001: the SDK calls its own Responses client experimental, and it is what people have.
#pragma warning disable OPENAI001
using System.ClientModel;
using OpenAI.Responses;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.Responses;

/// <summary>OpenAI's SDK for .NET, and Responses.</summary>
public class DotNetResponsesTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly FunctionTool Weather = ResponseTool.CreateFunctionTool(
        "get_weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}"""), strictModeEnabled: false);

    [Fact]
    public async Task Whole_and_in_events_it_says_what_the_model_says()
    {
        ResponseResult whole = await Client().CreateResponseAsync(new CreateResponseOptions("demo", [ResponseItem.CreateUserMessageItem("[demo: tokens=20]")])
        {
            Instructions = "Be brief.",
            Temperature = 0.5f,
        });
        var updates = await ReadAsync(await Client().CreateResponseStreamingAsync("demo", "[demo: tokens=20 think=5]"));

        Assert.Equal((ResponseStatus.Completed, 20), (whole.Status, whole.Usage.OutputTokenCount));
        Assert.True(whole.GetOutputText().Length > 20);
        Assert.IsType<StreamingResponseCreatedUpdate>(updates[0]);
        var last = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]);
        Assert.Equal(last.Response.GetOutputText(), TextOf(updates));
        Assert.Equal(2, last.Response.OutputItems.Count);
        Assert.IsType<ReasoningResponseItem>(last.Response.OutputItems[0], exactMatch: false);
        Assert.IsType<MessageResponseItem>(last.Response.OutputItems[1], exactMatch: false);
        ResponseResult stored = await Client().GetResponseAsync(last.Response.Id);
        Assert.Equal(TextOf(updates), stored.GetOutputText());
    }

    [Fact]
    public async Task A_stream_is_gone_on_with_from_every_update()
    {
        var updates = await ReadAsync(await Client().CreateResponseStreamingAsync("demo", "[demo: tokens=12 think=3]"));
        var id = ((StreamingResponseCreatedUpdate)updates[0]).Response.Id;
        var text = TextOf(updates);

        for (var i = 0; i < updates.Count; i++)
        {
            var rest = await ReadAsync(await Client().GetResponseStreamingAsync(new GetResponseOptions(id) { StartingAfter = updates[i].SequenceNumber, StreamingEnabled = true }));

            Assert.Equal(text, TextOf(updates.Take(i + 1)) + TextOf(rest));
            Assert.Equal(i + 1 < updates.Count, rest.Count > 0);
        }
    }

    [Fact]
    public async Task Functions_are_called_and_answered()
    {
        var options = new CreateResponseOptions("demo", [ResponseItem.CreateUserMessageItem("[demo: call=2] How is the weather in Paris and Oslo?")]) { Tools = { Weather } };
        ResponseResult asked = await Client().CreateResponseAsync(options);
        var calls = asked.OutputItems.OfType<FunctionCallResponseItem>().ToList();
        var outputs = calls.Select((call, i) => ResponseItem.CreateFunctionCallOutputItem(call.CallId, $"It is {i + 12} degrees.")).ToList();
        ResponseResult answer = await Client().CreateResponseAsync("demo", outputs, asked.Id);

        Assert.Equal(["get_weather", "get_weather"], calls.Select(call => call.FunctionName));
        Assert.Equal(asked.Id, answer.PreviousResponseId);
        Assert.Contains("12 degrees", answer.GetOutputText(), StringComparison.Ordinal);
        Assert.Contains("13 degrees", answer.GetOutputText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_in_the_background_is_cancelled_and_deleted()
    {
        var options = new CreateResponseOptions("demo", [ResponseItem.CreateUserMessageItem("[demo: tokens=10000 rate=50]")]) { BackgroundModeEnabled = true };
        ResponseResult started = await Client().CreateResponseAsync(options);
        ResponseResult cancelled = await Client().CancelResponseAsync(started.Id);
        var input = new List<ResponseItem>();
        await foreach (var item in Client().GetResponseInputItemsAsync(started.Id))
        {
            input.Add(item);
        }

        ResponseDeletionResult deleted = await Client().DeleteResponseAsync(started.Id);

        Assert.Equal((ResponseStatus.InProgress, ResponseStatus.Cancelled), (started.Status, cancelled.Status));
        Assert.IsType<MessageResponseItem>(Assert.Single(input), exactMatch: false);
        Assert.True(deleted.Deleted);
        var gone = await Assert.ThrowsAsync<ClientResultException>(() => Client().GetResponseAsync(started.Id));
        Assert.Equal(404, gone.Status);
    }

    [Fact]
    public async Task What_is_wrong_is_told()
    {
        var unknown = await Assert.ThrowsAsync<ClientResultException>(() => Client().CreateResponseAsync("nobody", "x"));
        var failed = await Assert.ThrowsAsync<ClientResultException>(() => Client().CreateResponseAsync("demo", "[demo: error after=3]"));
        var updates = await ReadAsync(await Client().CreateResponseStreamingAsync("demo", "[demo: truncate after=3]"));

        Assert.Equal((404, 502), (unknown.Status, failed.Status));
        Assert.Contains("model_not_found", unknown.Message, StringComparison.Ordinal);
        var last = Assert.IsType<StreamingResponseFailedUpdate>(updates[^1]);
        Assert.Contains("upstream_truncated", last.Response.Error.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<StreamingResponseUpdate>> ReadAsync(IAsyncEnumerable<StreamingResponseUpdate> stream)
    {
        var updates = new List<StreamingResponseUpdate>();
        await foreach (var update in stream)
        {
            updates.Add(update);
        }

        return updates;
    }

    private static string TextOf(IEnumerable<StreamingResponseUpdate> updates) =>
        string.Concat(updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(update => update.Delta));

    private ResponsesClient Client() =>
        new(new ApiKeyCredential("none"), new ResponsesClientOptions { Endpoint = new Uri(fixture.Api.Http.BaseAddress!, "/v1") });
}
