// OPENAI001: the SDK calls its own Responses client experimental, and it is what people have.
#pragma warning disable OPENAI001
using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Clients.Tests.OpenAi;

/// <summary>What breaks is repeated by OpenAI's SDK for .NET at once and uncounted, and attaches to what it started.</summary>
public class DotNetRepetitionTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private readonly Gate gate = new();

    private Uri Endpoint => new(fixture.Api.Http.BaseAddress!, "/v1");

    [Fact]
    public Task A_completion_is_generated_once() => BreakTwiceAsync(async transport =>
        (await Chat(transport).CompleteChatAsync([new UserChatMessage("whole")])).Value.Content[0].Text);

    [Fact]
    public Task A_completion_for_an_application_that_names_itself_is_generated_once() => BreakTwiceAsync(async transport =>
        (await Chat(transport, "my-app").CompleteChatAsync([new UserChatMessage("by name")])).Value.Content[0].Text);

    [Fact]
    public Task A_completion_in_chunks_is_generated_once() => BreakTwiceAsync(async transport =>
    {
        var text = "";
        await foreach (var update in Chat(transport).CompleteChatStreamingAsync([new UserChatMessage("in chunks")]))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        return text;
    });

    [Fact]
    public Task A_response_is_generated_once() => BreakTwiceAsync(async transport =>
        (await Responses(transport).CreateResponseAsync("scripted", "whole")).Value.GetOutputText());

    [Fact]
    public Task A_response_in_events_is_generated_once() => BreakTwiceAsync(async transport =>
    {
        var text = "";
        await foreach (var update in await Responses(transport).CreateResponseStreamingAsync("scripted", "in events"))
        {
            text += (update as StreamingResponseOutputTextDeltaUpdate)?.Delta;
        }

        return text;
    });

    [Fact]
    public async Task Completions_that_are_asked_for_at_once_are_generated_each()
    {
        const int Many = 100;
        var asked = fixture.Model.Requests.Count;
        fixture.Model.Enqueue([.. Enumerable.Repeat(ModelScript.Stream.Text("one").Wait(gate).Finish().Done(), Many)]);
        using var http = new HttpClient();
        var chat = Chat(new HttpClientPipelineTransport(http));

        var answers = Enumerable.Range(0, Many).Select(_ => chat.CompleteChatAsync([new UserChatMessage("at once")])).ToArray();
        await Waiting.ForAsync(() => fixture.Model.Requests.Count == asked + Many);
        gate.Open();

        var completions = await Task.WhenAll(answers);
        Assert.All(completions, completion => Assert.Equal("one", completion.Value.Content[0].Text));
        Assert.Equal(Many, completions.Select(completion => completion.Value.Id).Distinct().Count());
        Assert.Equal(asked + Many, fixture.Model.Requests.Count);
    }

    private async Task BreakTwiceAsync(Func<PipelineTransport, Task<string>> ask)
    {
        var asked = fixture.Model.Requests.Count;
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text(" two").Finish().Done());
        using var breaking = new BreakingHandler(times: 2, fixture.Product, gate);
        using var http = new HttpClient(breaking);

        Assert.Equal("one two", await ask(new HttpClientPipelineTransport(http)));
        Assert.Equal((3, asked + 1), (breaking.Requests, fixture.Model.Requests.Count));
    }

    private ChatClient Chat(PipelineTransport transport, string? application = null) => new(
        "scripted",
        new ApiKeyCredential("none"),
        new OpenAIClientOptions { Endpoint = Endpoint, Transport = transport, UserAgentApplicationId = application });

    private ResponsesClient Responses(PipelineTransport transport) =>
        new(new ApiKeyCredential("none"), new ResponsesClientOptions { Endpoint = Endpoint, Transport = transport });
}
