using System.Net;
using System.Text.Json;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Responses;

/// <summary>The process is killed while a response runs, and whoever comes back with a number goes on where he was, or is told that he cannot.</summary>
public class ResponseCrashTests
{
    [Fact]
    public async Task A_response_whose_model_continues_goes_on_from_the_last_number()
    {
        using var directory = new TemporaryDirectory();
        string id, read;
        long last;
        await using (var product = await ProductProcess.StartAsync(directory.Path, DemoSpeed.Killable))
        {
            using var stream = await product.Api.PostAndFollowAsync("/v1/responses", new { model = "demo", input = "why? [demo: tokens=200]", stream = true });
            await UntilTextAsync(stream, 50);
            (id, last, read) = (IdOf(stream), NumberOf(stream.Events[^1]), TextOf(stream));
            await product.KillAsync();
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, DemoSpeed.Fast);
        using var rest = await SseConnection.OpenAsync(again.Api.Http, new HttpRequestMessage(HttpMethod.Get, $"/v1/responses/{id}?stream=true&starting_after={last}"));
        await rest.ToEndAsync();
        var whole = await again.Api.GetAsync($"/v1/responses/{id}");

        Assert.Equal("response.completed", rest.Events[^1].Type);
        Assert.Equal(whole.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString(), read + TextOf(rest));
    }

    [Fact]
    public async Task After_a_restart_the_same_request_to_a_conversation_is_another_one()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        string conversation;
        var answers = new List<string?>();
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model)))
        {
            conversation = (await product.Api.PostAsync("/v1/conversations", new { })).Text("id")!;
            await AskAsync(product.Api);
            await product.KillAsync();
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model));
        await AskAsync(again.Api);

        Assert.Equal(4, answers.Distinct().Count());
        Assert.Equal(8, (await again.Api.MessagesAsync(conversation)).Count);

        // Counting from 0 these say that they repeat nothing.
        async Task AskAsync(ChatApi api)
        {
            using var asked = await api.RequestAsync(HttpMethod.Post, "/v1/responses", new { conversation, input = "Again?" }, ("X-Stainless-Retry-Count", "0"));
            var first = JsonElement.Parse(await asked.Content.ReadAsStringAsync()).Text("id");
            using var added = await api.RequestAsync(HttpMethod.Post, $"/v1/conversations/{conversation}/items", new { items = new[] { new { role = "user", content = "Note." } } }, ("X-Stainless-Retry-Count", "0"));
            var second = JsonElement.Parse(await added.Content.ReadAsStringAsync()).GetProperty("data")[0].Text("id");
            using var another = await api.RequestAsync(HttpMethod.Post, "/v1/responses", new { conversation }, ("X-Stainless-Retry-Count", "0"));
            answers.AddRange(first, second);
            Assert.Equal(HttpStatusCode.OK, another.StatusCode);
        }
    }

    [Fact]
    public async Task A_response_that_begins_anew_says_so_to_who_has_some_of_it()
    {
        using var directory = new TemporaryDirectory();
        await using var model = await ModelServer.StartAsync();
        var gate = new Gate();
        model.Enqueue(ModelScript.Stream.Text("void", " and null").Wait(gate));
        string id;
        long last;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model)))
        {
            using var stream = await product.Api.PostAndFollowAsync("/v1/responses", new { input = "why?", stream = true });
            await UntilTextAsync(stream, "void and null".Length);
            (id, last) = (IdOf(stream), NumberOf(stream.Events[^1]));
            await product.KillAsync();
        }

        await using var again = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(model));
        using var whole = await SseConnection.OpenAsync(again.Api.Http, new HttpRequestMessage(HttpMethod.Get, $"/v1/responses/{id}?stream=true&starting_after=2"));
        await whole.ToEndAsync();
        var refused = await again.Api.GetAsync($"/v1/responses/{id}?stream=true&starting_after={last}", HttpStatusCode.Conflict);

        Assert.Equal(("Hello, world!", "response.completed"), (TextOf(whole), whole.Events[^1].Type));
        Assert.Equal("reply_restarted", refused.GetProperty("error").GetProperty("code").GetString());
    }

    private static async Task UntilTextAsync(SseConnection stream, int length)
    {
        while (TextOf(stream).Length < length)
        {
            Assert.NotNull(await stream.NextAsync());
        }
    }

    private static string IdOf(SseConnection stream) => stream.Events[0].Json.GetProperty("response").GetProperty("id").GetString()!;

    private static long NumberOf(SseEvent read) => read.Json.GetProperty("sequence_number").GetInt64();

    private static string TextOf(SseConnection stream) => string.Concat(
        stream.Events.Where(e => e.Type == "response.output_text.delta").Select(e => e.Json.GetProperty("delta").GetString()));
}
