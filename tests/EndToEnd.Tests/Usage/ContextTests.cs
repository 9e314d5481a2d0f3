using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Usage;

/// <summary>Conversations that are longer than their model's window.</summary>
public sealed class ContextTests : IAsyncLifetime
{
    // 400 characters: 104 tokens.
    private static readonly string Long = new('x', 400);

    private readonly TemporaryDirectory directory = new();
    private ModelServer model = null!;
    private ProductProcess product = null!;

    private ChatApi Api => product.Api;

    public async Task InitializeAsync()
    {
        model = await ModelServer.StartAsync();
        product = await ProductProcess.StartAsync(
            directory.Path,
            [
                .. ProductFixture.SettingsFor(model),
                ("Models__scripted__ContextWindow", "400"),
                ("Models__scripted__ReservedOutputTokens", "50"),
                ("Models__summing__Provider", "openai"),
                ("Models__summing__Endpoint", model.Endpoint.ToString()),
                ("Models__summing__ContextWindow", "400"),
                ("Models__summing__ReservedOutputTokens", "50"),
                ("Models__summing__Context", "Summarize"),
                ("Models__summing__SummaryModel", "scripted"),
            ]);
    }

    public async Task DisposeAsync()
    {
        await product.DisposeAsync();
        await model.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task The_oldest_turns_are_left_out_which_the_reply_tells()
    {
        var conversation = await Api.CreateAsync(new { system = "Be brief." });
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.False((await AskAsync(conversation, $"{turn}{Long}")).TryGetProperty("context", out _));
        }

        model.Enqueue(ModelScript.Reply("fourth"));
        using var reader = await Api.SendAndFollowAsync(conversation, $"3{Long}");
        await reader.ToEndAsync();
        var reply = await Api.LastMessageAsync(conversation);

        var sent = Sent();
        Assert.Equal(["system", "user", "assistant", "user", "assistant", "user"], sent.Select(message => message.Role));
        Assert.Equal(["1", "2", "3"], sent.Where(message => message.Role == "user").Select(message => message.Content[..1]));
        var messages = await Api.MessagesAsync(conversation);
        var context = reply.GetProperty("context");
        Assert.Equal(
            (2, messages[2].Text("id"), false),
            (context.GetProperty("dropped_messages").GetInt32(), context.Text("first_kept"), context.GetProperty("summarized").GetBoolean()));
        Assert.InRange(context.GetProperty("input_tokens_estimated").GetInt64(), 300, 350);
        Assert.Equal(
            ["message.created", "reply.started", "reply.context", "reply.delta", "reply.completed"],
            reader.Events.Select(e => e.Type));
    }

    [Fact]
    public async Task A_message_that_is_too_long_by_itself_fails_before_any_model_is_asked()
    {
        var conversation = await Api.CreateAsync();
        var reply = await AskAsync(conversation, new string('x', 2_000));

        Assert.Equal(("failed", "context_too_long"), (reply.Text("status"), reply.GetProperty("error").Text("code")));
        Assert.Equal("""{"input_tokens":0,"output_tokens":0}""", reply.GetProperty("usage").GetRawText());
        Assert.Empty(model.Requests);
        Assert.Equal(0, (await Api.GetAsync("/usage")).GetProperty("total").GetProperty("replies").GetInt32());

        // And the conversation goes on without it, once there is a way around it.
        using var reader = await Api.PostAndFollowAsync($"/conversations/{conversation}/messages", new { content = "short", parent = (string?)null });
        await reader.ToEndAsync();
        Assert.Equal("completed", (await Api.LastMessageAsync(conversation)).Text("status"));
    }

    [Fact]
    public async Task A_summary_is_made_once_and_survives_a_restart()
    {
        var conversation = await Api.CreateAsync(new { model = "summing" });
        for (var turn = 0; turn < 3; turn++)
        {
            await AskAsync(conversation, $"{turn}{Long}");
        }

        model.Enqueue(ModelScript.Reply("They counted."), ModelScript.Reply("fourth"), ModelScript.Reply("fifth"));
        var fourth = await AskAsync(conversation, $"3{Long}");
        Assert.Equal(("fourth", true), (fourth.Text("content"), fourth.GetProperty("context").GetProperty("summarized").GetBoolean()));
        Assert.Equal(5, model.Requests.Count);

        await product.StopAsync();
        await product.DisposeAsync();
        product = await ProductProcess.StartAsync(
            directory.Path,
            [
                .. ProductFixture.SettingsFor(model),
                ("Models__summing__Provider", "openai"),
                ("Models__summing__Endpoint", model.Endpoint.ToString()),
                ("Models__summing__ContextWindow", "400"),
                ("Models__summing__ReservedOutputTokens", "50"),
                ("Models__summing__Context", "Summarize"),
            ]);
        var fifth = await AskAsync(conversation, "and now?");

        Assert.Equal(("fifth", true), (fifth.Text("content"), fifth.GetProperty("context").GetProperty("summarized").GetBoolean()));
        Assert.Equal(6, model.Requests.Count);
        Assert.Equal(("system", "What was said before, summarised:\n\nThey counted."), Sent()[0]);
        Assert.Equal(fourth.GetProperty("context").Text("first_kept"), fifth.GetProperty("context").Text("first_kept"));
    }

    private List<(string Role, string Content)> Sent() =>
        [.. model.Requests[^1].Json.GetProperty("messages").EnumerateArray().Select(message => (message.Text("role")!, message.Text("content")!))];

    private async Task<System.Text.Json.JsonElement> AskAsync(string conversation, string content)
    {
        using var reader = await Api.SendAndFollowAsync(conversation, content);
        await reader.ToEndAsync();
        return await Api.LastMessageAsync(conversation);
    }
}
