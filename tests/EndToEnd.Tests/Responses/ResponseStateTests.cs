using System.Net;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Responses;

/// <summary>Responses over HTTP, where no SDK has an opinion.</summary>
public class ResponseStateTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_key_makes_repetitions_one_request_in_each_way_to_ask()
    {
        foreach (var stream in new[] { false, true })
        {
            var asked = fixture.Model.Requests.Count;
            var body = new { model = "scripted", input = $"keyed {stream}", stream };
            using var first = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", body, ("Idempotency-Key", $"k-{stream}"));
            using var again = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", body, ("Idempotency-Key", $"k-{stream}"));

            Assert.Equal(
                first.Headers.GetValues("X-Conversation-Id"),
                again.Headers.GetValues("X-Conversation-Id"));
            Assert.Contains("Hello, world!", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(asked + 1, fixture.Model.Requests.Count);
        }
    }

    [Fact]
    public async Task A_repetition_of_a_request_without_input_gets_the_reply_that_it_began()
    {
        var conversation = (await fixture.Api.PostAsync("/v1/conversations", new { items = new[] { new { role = "user", content = "Say it." } } })).Text("id");
        var asked = fixture.Model.Requests.Count;
        var body = new { model = "scripted", conversation };
        using var first = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", body, ("Idempotency-Key", "without-input"));
        using var again = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", body, ("Idempotency-Key", "without-input"));

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(asked + 1, fixture.Model.Requests.Count);
        await fixture.Api.PostAsync("/v1/responses", body, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Instructions_are_for_one_response_only()
    {
        var first = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "One.", instructions = "Be brief." });
        await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "Two.", previous_response_id = first.GetProperty("id").GetString() });

        Assert.Equal(["system", "user"], RolesOf(fixture.Model.Requests[^2]));
        Assert.Equal(["user", "assistant", "user"], RolesOf(fixture.Model.Requests[^1]));
    }

    [Fact]
    public async Task What_is_not_to_be_stored_is_not_listed()
    {
        using var kept = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", new { model = "scripted", input = "Keep it." });
        using var lost = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", new { model = "scripted", input = "Lose it.", store = false });
        var listed = (await fixture.Api.GetAsync("/conversations?limit=100")).GetProperty("data").EnumerateArray().Select(each => each.GetProperty("id").GetString()).ToList();

        Assert.Contains(kept.Headers.GetValues("X-Conversation-Id").Single(), listed);
        Assert.DoesNotContain(lost.Headers.GetValues("X-Conversation-Id").Single(), listed);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task In_a_conversation_that_is_there_the_answer_says_whether_that_is_kept(bool first, bool next)
    {
        var kept = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "One.", store = first });
        var followed = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "Two.", previous_response_id = kept.Text("id"), store = next });
        var silent = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "Three.", previous_response_id = followed.Text("id") });
        var conversation = (await fixture.Api.PostAsync("/v1/conversations", new { })).Text("id");
        var named = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "One.", conversation, store = next });

        Assert.Equal([first, first, first, true], new[] { kept, followed, silent, named }.Select(response => response.GetProperty("store").GetBoolean()));
    }

    [Fact]
    public async Task Conversations_are_listed_newest_first_page_by_page()
    {
        var made = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            made.Insert(0, (await fixture.Api.PostAsync("/v1/conversations", new { metadata = new { number = $"{i}" } })).GetProperty("id").GetString());
        }

        var first = await fixture.Api.GetAsync("/v1/conversations?limit=2");
        Assert.Equal("list", first.GetProperty("object").GetString());
        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal(made[..2], first.GetProperty("data").EnumerateArray().Select(each => each.GetProperty("id").GetString()));
        Assert.Equal("2", first.GetProperty("data")[0].GetProperty("metadata").GetProperty("number").GetString());

        var second = await fixture.Api.GetAsync($"/v1/conversations?limit=1&after={first.GetProperty("last_id").GetString()}");
        Assert.Equal(made[2], second.GetProperty("first_id").GetString());
        await fixture.Api.GetAsync("/v1/conversations?after=nothing", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task With_its_last_response_a_conversation_that_nobody_named_is_gone()
    {
        using var first = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", new { model = "scripted", input = "One." });
        var conversation = first.Headers.GetValues("X-Conversation-Id").Single();
        var firstId = JsonElement.Parse(await first.Content.ReadAsStringAsync()).GetProperty("id").GetString();
        var second = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "Two.", previous_response_id = firstId });

        await fixture.Api.SendAsync(HttpMethod.Delete, $"/v1/responses/{firstId}");
        await fixture.Api.GetAsync($"/conversations/{conversation}");
        await fixture.Api.SendAsync(HttpMethod.Delete, $"/v1/responses/{second.GetProperty("id").GetString()}");
        await fixture.Api.GetAsync($"/conversations/{conversation}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_reply_of_another_dialect_is_a_response_too()
    {
        var conversation = await fixture.Api.CreateAsync();
        using var asked = await fixture.Api.SendAndFollowAsync(conversation, "Why?");
        await asked.ToEndAsync();
        var reply = (await fixture.Api.LastMessageAsync(conversation)).GetProperty("id").GetString()!;
        var tail = conversation["conv_".Length..];

        // By its own id, and by that of what it replies to.
        foreach (var id in new[] { $"resp_{tail}_{reply["msg_".Length..]}", $"resp_{tail}_2" })
        {
            var response = await fixture.Api.GetAsync($"/v1/responses/{id}");

            ResponseSchema.CheckResponse(response);
            Assert.Equal((id, "Hello, world!"), (response.GetProperty("id").GetString(), response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString()));
        }
    }

    [Fact]
    public async Task Only_an_item_that_is_there_can_be_deleted_and_twice()
    {
        var conversation = (await fixture.Api.PostAsync("/v1/conversations", new { items = new[] { new { role = "user", content = "Why?" } } })).GetProperty("id").GetString()!;
        var items = $"/v1/conversations/{conversation}/items";
        var tail = $"{conversation["conv_".Length..]}_2";
        foreach (var other in new[] { $"fco_{tail}_57", $"fc_{tail}", $"rs_{tail}", $"msg_{tail}_1" })
        {
            await fixture.Api.GetAsync($"{items}/{other}", HttpStatusCode.NotFound);
            await fixture.Api.SendAsync(HttpMethod.Delete, $"{items}/{other}", HttpStatusCode.NotFound);
        }

        Assert.Equal(1, (await fixture.Api.GetAsync(items)).GetProperty("data").GetArrayLength());
        await fixture.Api.SendAsync(HttpMethod.Delete, $"{items}/msg_{tail}");
        await fixture.Api.SendAsync(HttpMethod.Delete, $"{items}/msg_{tail}");
        Assert.Equal(0, (await fixture.Api.GetAsync(items)).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Each_item_that_was_told_can_be_read_referred_to_and_deleted()
    {
        fixture.Model.Enqueue(
            ModelScript.Stream.Reasoning("H").Text("So? ").ToolCall(0, "call_a", "f", "{}").Reasoning("m").Text("Well.").Finish("tool_calls").Done(),
            ModelScript.Reply("Done."));
        object[] tools = [new { type = "function", name = "f", parameters = new { type = "object" } }];
        using var answer = await fixture.Api.RequestAsync(HttpMethod.Post, "/v1/responses", new { model = "scripted", input = "Why?", tools });
        var items = $"/v1/conversations/{answer.Headers.GetValues("X-Conversation-Id").Single()}/items";
        var output = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("output").EnumerateArray().ToList();
        Assert.Equal(["reasoning", "message", "function_call", "reasoning", "message"], output.Select(item => item.Text("type")));
        var ids = output.Select(item => item.Text("id")!).ToList();
        foreach (var (id, type) in ids.Zip(output.Select(item => item.Text("type"))))
        {
            var item = await fixture.Api.GetAsync($"{items}/{id}");
            Assert.Equal((id, type), (item.Text("id"), item.Text("type")));
        }

        var input = ids.Select(object (id) => new { type = "item_reference", id })
            .Prepend(new { role = "user", content = "Why?" }).Append(new { type = "function_call_output", call_id = "call_a", output = "12" }).ToList();
        await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input, tools });

        // The text was told in two, and is one.
        var asked = fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["user", "assistant", "tool"], asked.Select(message => message.Text("role")));
        Assert.Equal("So? Well.", asked[1].Text("content"));

        var alone = new[] { new { type = "item_reference", id = ids[^1] } };
        await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = alone }, HttpStatusCode.BadRequest);
        await fixture.Api.SendAsync(HttpMethod.Delete, $"{items}/{ids[^1]}_9", HttpStatusCode.NotFound);
        await fixture.Api.SendAsync(HttpMethod.Delete, $"{items}/{ids[^1]}");
        await fixture.Api.GetAsync($"{items}/{ids[0]}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_response_that_speaks_after_a_call_can_be_sent_back_as_it_came()
    {
        fixture.Model.Enqueue(ModelScript.Stream.ToolCall(0, "call_a", "f", "{}").Text("A moment.").Finish("tool_calls").Done());
        object[] tools = [new { type = "function", name = "f", parameters = new { type = "object" } }];
        var response = await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input = "Why?", tools });
        var output = response.GetProperty("output").EnumerateArray().Cast<object>().ToList();
        List<object> input = [new { role = "user", content = "Why?" }, .. output, new { type = "function_call_output", call_id = "call_a", output = "12" }];

        await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", input, tools });
        var conversation = (await fixture.Api.PostAsync("/v1/conversations", new { })).Text("id");
        await fixture.Api.PostAsync($"/v1/conversations/{conversation}/items", new { items = input });
        await fixture.Api.PostAsync("/v1/responses", new { model = "scripted", conversation, input = "And?" });

        foreach (var (request, roles) in new[] { (fixture.Model.Requests[^2], new[] { "user", "assistant", "tool" }), (fixture.Model.Requests[^1], ["user", "assistant", "tool", "user"]) })
        {
            var asked = request.Json.GetProperty("messages").EnumerateArray().ToList();
            Assert.Equal(roles, asked.Select(message => message.Text("role")));
            Assert.Equal("A moment.", asked[1].Text("content"));
            Assert.Equal("call_a", asked[1].GetProperty("tool_calls")[0].Text("id"));
        }
    }

    [Fact]
    public async Task What_the_router_refuses_comes_in_the_dialects_own_form()
    {
        var missing = await fixture.Api.GetAsync("/v1/nothing", HttpStatusCode.NotFound);
        var wrong = await fixture.Api.SendAsync(HttpMethod.Put, "/v1/responses", HttpStatusCode.MethodNotAllowed, new { });

        Assert.Equal("not_found", missing.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("method_not_allowed", wrong.GetProperty("error").GetProperty("code").GetString());
    }

    private static IEnumerable<string?> RolesOf(ModelRequest request) =>
        request.Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString());
}
