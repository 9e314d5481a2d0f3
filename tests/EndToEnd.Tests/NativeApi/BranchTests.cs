using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>Edited messages, other replies, and the head that says which branch is the active one.</summary>
public class BranchTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task An_edited_message_is_a_sibling_and_the_model_gets_only_its_branch()
    {
        var conversation = await Api.CreateAsync();
        var (first, _) = await AskAsync(conversation, "Capital of France?", "Paris.");
        var (second, _) = await AskAsync(conversation, "How large?", "2 million.");
        var parent = (await Api.MessagesAsync(conversation))[1].Text("id");

        var (edited, prompt) = await AskAsync(conversation, "How old?", "2000 years.", new { content = "How old?", parent });

        Assert.Equal(["Capital of France?", "Paris.", "How old?"], prompt);
        Assert.Equal(["Capital of France?", "Paris.", "How old?", "2000 years."], await ContentsAsync(conversation));
        var siblings = (await Api.MessagesAsync(conversation))[2].GetProperty("siblings");
        Assert.Equal($$"""{"position":2,"count":2,"previous":"{{second}}","next":null}""", siblings.GetRawText());
        Assert.Equal(
            ["Capital of France?", "Paris.", "How large?", "2 million.", "How old?", "2000 years."],
            await ContentsAsync(conversation, "branch=all"));
        Assert.Equal(["Capital of France?", "Paris.", "How large?"], await ContentsAsync(conversation, $"head={second}"));
        Assert.NotEqual(first, edited);
    }

    [Fact]
    public async Task A_null_parent_begins_anew()
    {
        var conversation = await Api.CreateAsync();
        await AskAsync(conversation, "one", "1");

        var (_, prompt) = await AskAsync(conversation, "two", "2", new { content = "two", parent = (string?)null });

        Assert.Equal(["two"], prompt);
        Assert.Equal(["two", "2"], await ContentsAsync(conversation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_reply_is_a_sibling_whether_the_reply_or_its_question_is_named(bool byQuestion)
    {
        var conversation = await Api.CreateAsync();
        await AskAsync(conversation, "Joke!", "No.");
        var messages = await Api.MessagesAsync(conversation);
        fixture.Model.Enqueue(ModelScript.Reply("Knock", " knock."));

        using var reader = await Api.PostAndFollowAsync(
            $"/conversations/{conversation}/messages/{messages[byQuestion ? 0 : 1].Text("id")}/regenerate", new { model = "scripted" });
        await reader.ToEndAsync();

        Assert.Equal(["reply.started", "reply.completed"], new[] { reader.Events[0].Type, reader.Events[^1].Type });
        Assert.Equal(messages[0].Text("id"), reader.Events[0].Json.Text("parent"));
        Assert.Equal("Knock knock.", reader.Text);
        Assert.Equal(["user Joke!"], PromptOf(fixture.Model.Requests[^1]));
        Assert.Equal(["Joke!", "Knock knock."], await ContentsAsync(conversation));
        Assert.Equal(
            $$"""{"position":2,"count":2,"previous":"{{messages[1].Text("id")}}","next":null}""",
            (await Api.MessagesAsync(conversation))[1].GetProperty("siblings").GetRawText());
    }

    [Fact]
    public async Task Another_reply_is_answered_like_a_message()
    {
        var conversation = await Api.CreateAsync();
        var (question, _) = await AskAsync(conversation, "Joke!", "No.");

        using var response = await Api.RequestAsync(HttpMethod.Post, $"/conversations/{conversation}/messages/{question}/regenerate", null);
        var sent = (await Task.FromResult(response).ReadJsonAsync()).Json;

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(
            $$"""{"message":"{{question}}","reply":"msg_6","queued":false,"sequence":6,"events_url":"/conversations/{{conversation}}/events?after=6"}""",
            sent.GetRawText());
        Assert.Equal("\"msg_6\"", response.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task The_head_is_moved_and_everybody_hears_of_it()
    {
        var conversation = await Api.CreateAsync();
        var (first, _) = await AskAsync(conversation, "one", "1");
        await AskAsync(conversation, "two", "2", new { content = "two", parent = (string?)null });
        using var reader = await Api.FollowAsync(conversation, "after=7");

        using var response = await Api.RequestAsync(HttpMethod.Put, $"/conversations/{conversation}/head", new { message = first, to_leaf = true });
        var moved = (await Task.FromResult(response).ReadJsonAsync()).Json;

        Assert.Equal(("msg_3", "\"msg_3\""), (moved.Text("head"), response.Headers.ETag?.ToString()));
        Assert.Equal("msg_3", (await reader.UntilAsync("head.moved")).Json.Text("message"));
        Assert.Equal(["one", "1"], await ContentsAsync(conversation));

        // Here it stays, and nothing happens.
        await Api.SendAsync(HttpMethod.Put, $"/conversations/{conversation}/head", body: new { message = "msg_3" });
        var again = await Api.SendAsync(HttpMethod.Put, $"/conversations/{conversation}/head", body: new { message = first });
        Assert.Equal(moved.GetProperty("sequence").GetInt32() + 1, again.GetProperty("sequence").GetInt32());
        Assert.Equal(["one"], await ContentsAsync(conversation));
    }

    [Fact]
    public async Task Who_expects_another_head_is_told_the_present_one()
    {
        var conversation = await Api.CreateAsync();
        using (var empty = await Api.RequestAsync(HttpMethod.Get, $"/conversations/{conversation}", null))
        {
            Assert.Equal("\"none\"", empty.Headers.ETag?.ToString());
        }

        await AskAsync(conversation, "one", "1", headers: ("If-Match", "\"none\""));
        foreach (var (method, path, body) in new (HttpMethod, string, object)[]
        {
            (HttpMethod.Post, "messages", new { content = "two" }),
            (HttpMethod.Post, "messages/msg_2/regenerate", new { }),
            (HttpMethod.Put, "head", new { message = "msg_2" }),
        })
        {
            using var response = await Api.RequestAsync(method, $"/conversations/{conversation}/{path}", body, ("If-Match", "\"none\", \"msg_2\", W/\"msg_3\""));
            var (status, problem) = await Task.FromResult(response).ReadJsonAsync();

            Assert.Equal((412, "head_moved", "msg_3"), (status, problem.Text("code"), problem.Text("head")));
            Assert.Equal("\"msg_3\"", response.Headers.ETag?.ToString());
        }

        await AskAsync(conversation, "two", "2", headers: ("If-Match", "\"msg_2\", \"msg_3\""));
        await AskAsync(conversation, "three", "3", headers: ("If-Match", "*"));
        Assert.Equal(["one", "1", "two", "2", "three", "3"], await ContentsAsync(conversation));
    }

    [Fact]
    public async Task Messages_are_paged_both_ways()
    {
        var conversation = await Api.CreateAsync();
        for (var i = 0; i < 3; i++)
        {
            await AskAsync(conversation, $"q{i}", $"a{i}");
        }

        var ids = (await Api.MessagesAsync(conversation)).Select(message => message.Text("id")).ToArray();

        Assert.Equal(["q2", "a2"], await ContentsAsync(conversation, $"limit=3&after={ids[3]}"));
        Assert.Equal(["a0", "q1"], await ContentsAsync(conversation, $"limit=2&before={ids[3]}"));
        Assert.Equal(["a2", "q2"], await ContentsAsync(conversation, "limit=2&order=desc"));
        Assert.Equal(["a1", "q1"], await ContentsAsync(conversation, $"limit=2&order=desc&after={ids[4]}"));
        Assert.Equal(["a2", "q2"], await ContentsAsync(conversation, $"limit=2&order=desc&before={ids[3]}"));
        var page = await Api.GetAsync($"/conversations/{conversation}/messages?limit=2&before={ids[2]}");
        Assert.Equal((false, ids[5]), (page.GetProperty("has_more").GetBoolean(), page.Text("head")));
    }

    [Theory]
    [InlineData("GET", "messages?after=msg_2&before=msg_3", null, 400, "exclude each other")]
    [InlineData("GET", "messages?branch=all&head=msg_3", null, 400, "exclude each other")]
    [InlineData("GET", "messages?branch=none", null, 400, "'active' or 'all'")]
    [InlineData("GET", "messages?order=random", null, 400, "'asc' or 'desc'")]
    [InlineData("GET", "messages?head=msg_99", null, 400, "'head'")]
    [InlineData("GET", "messages?before=msg_99", null, 400, "'before'")]
    [InlineData("GET", "messages?head=msg_2&after=msg_3", null, 400, "'after'")]
    [InlineData("POST", "messages", """{"content":"x","parent":"msg_99"}""", 400, "'parent'")]
    [InlineData("POST", "messages", """{"content":"x","parent":7}""", 400, "$.parent")]
    [InlineData("POST", "messages", """{"content":"x","on_busy":"wait"}""", 400, "$.on_busy")]
    [InlineData("POST", "messages/msg_99/regenerate", "{}", 404, "message_not_found")]
    [InlineData("POST", "messages/msg_3/regenerate", """{"model":"no-such"}""", 400, "scripted")]
    [InlineData("POST", "messages/msg_3/regenerate", """{"content":"x"}""", 400, "The body takes")]
    [InlineData("PUT", "head", "{}", 400, "'message' is missing")]
    [InlineData("PUT", "head", """{"message":"msg_99"}""", 400, "unknown_message")]
    [InlineData("DELETE", "queue/msg_3", null, 404, "not_queued")]
    public async Task A_request_that_makes_no_sense_gets_a_problem_that_names_it(string method, string path, string? body, int status, string says)
    {
        var conversation = await Api.CreateAsync();
        await AskAsync(conversation, "one", "1");

        using var response = await Api.RequestAsync(
            new HttpMethod(method), $"/conversations/{conversation}/{path}", body is null ? null : System.Text.Json.JsonElement.Parse(body));
        var (actual, problem) = await Task.FromResult(response).ReadJsonAsync();

        Assert.Equal(status, actual);
        Assert.Contains(says, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "head", """{"message":"msg_2"}""")]
    [InlineData("GET", "queue", null)]
    [InlineData("DELETE", "queue/msg_2", null)]
    [InlineData("POST", "messages/msg_2/regenerate", null)]
    public async Task A_conversation_that_does_not_exist_is_not_found(string method, string path, string? body)
    {
        foreach (var id in new[] { "nonsense", "conv_00000000000000000000000000" })
        {
            var (status, problem) = await Api.RequestAsync(
                new HttpMethod(method), $"/conversations/{id}/{path}", body is null ? null : System.Text.Json.JsonElement.Parse(body)).ReadJsonAsync();

            Assert.Equal((404, "conversation_not_found"), (status, problem.Text("code")));
        }
    }

    [Theory]
    [InlineData("msg_3")]
    [InlineData("\"msg_3")]
    public async Task An_If_Match_that_is_no_entity_tag_is_refused(string tag)
    {
        var conversation = await Api.CreateAsync();

        var (status, problem) = await Api.RequestAsync(
            HttpMethod.Post, $"/conversations/{conversation}/messages", new { content = "one" }, ("If-Match", tag)).ReadJsonAsync();

        Assert.Equal((400, "invalid_request"), (status, problem.Text("code")));
        Assert.Contains("If-Match", problem.Text("detail"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> PromptOf(ModelRequest request) => request.Json.GetProperty("messages").EnumerateArray()
        .Select(message => $"{message.Text("role")} {message.Text("content")}");

    // The question's id, and what the model was asked.
    private async Task<(string Question, string[] Prompt)> AskAsync(
        string conversation, string content, string answer, object? body = null, params (string Name, string Value)[] headers)
    {
        fixture.Model.Enqueue(ModelScript.Reply(answer));
        using var reader = await Api.PostAndFollowAsync($"/conversations/{conversation}/messages", body ?? new { content }, headers);
        await reader.ToEndAsync();
        Assert.Equal(answer, reader.Text);
        var prompt = fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("content")!);
        return (reader.Events[0].Json.Text("message")!, [.. prompt]);
    }

    private async Task<IEnumerable<string?>> ContentsAsync(string conversation, string query = "limit=100") =>
        (await Api.MessagesAsync(conversation, query)).Select(message => message.Text("content"));
}
