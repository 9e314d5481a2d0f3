using System.Net;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>Single messages: read, and gone.</summary>
public class DeletionTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task A_deleted_message_is_gone_from_lists_prompts_search_and_exports_and_what_followed_moves_up()
    {
        var conversation = await Api.CreateAsync();
        await AskAsync(conversation, "Where is the treasure?", "Under the palm.");
        await AskAsync(conversation, "How deep?", "Two metres.");
        var messages = await Api.MessagesAsync(conversation);
        var (question, reply, next) = (messages[0].Text("id"), messages[1].Text("id"), messages[2].Text("id"));
        Assert.Equal(messages[1].GetRawText(), (await Api.GetAsync($"/conversations/{conversation}/messages/{reply}")).GetRawText());
        using var reader = await Api.FollowAsync(conversation);

        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/messages/{reply}", HttpStatusCode.NoContent);
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/messages/{reply}", HttpStatusCode.NoContent);

        Assert.Equal(reply, (await reader.UntilAsync("message.deleted")).Json.Text("message"));
        var left = await Api.MessagesAsync(conversation);
        Assert.Equal(["Where is the treasure?", "How deep?", "Two metres."], left.Select(message => message.Text("content")));
        Assert.Equal((next, question), (left[1].Text("id"), left[1].Text("parent")));
        await Api.GetAsync($"/conversations/{conversation}/messages/{reply}", HttpStatusCode.NotFound);
        await Api.GetAsync($"/conversations/{conversation}/messages?after={reply}", HttpStatusCode.BadRequest);
        Assert.Empty((await Api.GetAsync("/conversations?q=palm")).GetProperty("data").EnumerateArray());
        await AskAsync(conversation, "Sure?", "Yes.");
        Assert.Equal(
            ["Where is the treasure?", "How deep?", "Two metres.", "Sure?"],
            fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("content")));
    }

    [Fact]
    public async Task A_conversation_without_its_first_question_is_exported_and_imported()
    {
        var conversation = await Api.CreateAsync();
        await AskAsync(conversation, "Hush!", "Well.");
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/messages/msg_2", HttpStatusCode.NoContent);

        var exported = await Api.Http.GetStringAsync(new Uri($"/conversations/{conversation}/export", UriKind.Relative));
        using var response = await Api.Http.PostAsync(
            new Uri("/conversations/import", UriKind.Relative), new StringContent(exported, new System.Net.Http.Headers.MediaTypeHeaderValue("application/jsonl")));

        Assert.DoesNotContain("Hush!", exported, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var imported = JsonElement.Parse(await response.Content.ReadAsStringAsync()).Text("id")!;
        var message = Assert.Single(await Api.MessagesAsync(imported));
        Assert.Equal(("Well.", "assistant", null), (message.Text("content"), message.Text("role"), message.Text("parent")));
    }

    [Fact]
    public async Task A_running_reply_and_its_question_stay()
    {
        var conversation = await Api.CreateAsync(new { model = "demo" });
        using var reader = await Api.SendAndFollowAsync(conversation, "[demo: stall after=2]");
        var reply = (await reader.UntilAsync("reply.delta")).Json.Text("message");

        foreach (var message in new[] { "msg_2", reply })
        {
            var (status, problem) = await Api.RequestAsync(HttpMethod.Delete, $"/conversations/{conversation}/messages/{message}", null).ReadJsonAsync();
            Assert.Equal((409, "message_in_use"), (status, problem.Text("code")));
        }

        await Api.SendAsync(HttpMethod.Post, $"/conversations/{conversation}/cancel");
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/messages/{reply}", HttpStatusCode.NoContent);
        Assert.Equal("msg_2", (await Api.GetAsync($"/conversations/{conversation}")).Text("head"));
    }

    [Theory]
    [InlineData("GET", "message_not_found")]
    [InlineData("DELETE", "message_not_found")]
    public async Task A_message_that_never_was_is_not_found(string method, string code)
    {
        var conversation = await Api.CreateAsync();
        foreach (var (where, expected) in new[] { (conversation, code), ("conv_01k9xf2q6r3m8t5v0w7y1z4b2c", "conversation_not_found"), ("x", "conversation_not_found") })
        {
            var (status, problem) = await Api.RequestAsync(new HttpMethod(method), $"/conversations/{where}/messages/msg_9", null).ReadJsonAsync();
            Assert.Equal((404, expected), (status, problem.Text("code")));
        }
    }

    private async Task AskAsync(string conversation, string content, string answer)
    {
        fixture.Model.Enqueue(ModelScript.Reply(answer));
        using var reader = await Api.SendAndFollowAsync(conversation, content);
        await reader.ToEndAsync();
        Assert.Equal(answer, reader.Text);
    }
}
