using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.AiSdk;

/// <summary>What requests of <c>useChat</c> come to.</summary>
public class ChatTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private readonly ChatPage page = new(fixture.Api, $"chat-{Guid.NewGuid():n}");

    [Fact]
    public async Task A_message_is_stored_and_its_reply_streamed()
    {
        fixture.Model.Enqueue(ModelScript.Reply("Be", "cause"));
        var read = await page.PostAsync(new { messages = new[] { ChatPage.User("q1", "Why?") }, trigger = "submit-message" });

        Assert.Equal(["start", "start-step", "text-start", "text-delta", "text-delta", "text-end", "finish-step", "finish", "[DONE]"], read.Types);
        Assert.Equal("v1", read.Headers["x-vercel-ai-ui-message-stream"]);
        Assert.Equal("no", read.Headers["x-accel-buffering"]);
        Assert.StartsWith("conv_", read.Headers["X-Conversation-Id"], StringComparison.Ordinal);
        Assert.Equal(["user: Why?", "assistant: Because"], await page.MessagesAsync());

        // Anybody else reads the same conversation natively.
        var reply = await fixture.Api.LastMessageAsync(read.Headers["X-Conversation-Id"]);
        Assert.Equal("Because", reply.GetProperty("content").GetString());
    }

    [Fact]
    public async Task From_every_chunk_and_every_id_on_the_rest_is_the_same()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Reasoning("H", "m").Text("So", " ").ToolCall(0, "call_a", "f", "{", "}").Text("so").Finish("tool_calls").Done());
        var all = await page.PostAsync(new { messages = new[] { ChatPage.User("q1", "Why?") } });
        for (var index = 0; index < all.Frames.Count - 1; index++)
        {
            Assert.Equal(all.Frames.Skip(index), (await page.ResumeAsync($"?startIndex={index}", all.Run)).Frames);
            var fromEnd = await page.ResumeAsync($"?startIndex={index - (all.Frames.Count - 1)}", all.Run);
            Assert.Equal(all.Frames.Skip(index), fromEnd.Frames);
            Assert.Equal($"{all.Frames.Count - 2}", fromEnd.Headers["x-workflow-stream-tail-index"]);
            if (all.Frames[index].StartsWith("id: ", StringComparison.Ordinal) && index < all.Frames.Count - 2)
            {
                var id = all.Frames[index].Split('\n')[0]["id: ".Length..];
                Assert.Equal(all.Frames.Skip(index + 1), (await page.ResumeAsync("", all.Run, ("Last-Event-ID", id))).Frames);
            }
        }

        Assert.Equal(all.Frames, (await page.ResumeAsync("", all.Run)).Frames);
        Assert.Equal(HttpStatusCode.NoContent, (await page.ResumeAsync($"?startIndex={all.Frames.Count - 1}", all.Run)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await page.ResumeAsync()).Status);
        Assert.Equal(HttpStatusCode.Gone, (await page.ResumeAsync($"?startIndex={all.Frames.Count + 5}", all.Run)).Status);
    }

    [Fact]
    public async Task Who_comes_back_in_mid_reply_gets_all_of_it_under_the_same_id()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("One", " two").Wait(gate).Text(" three").Finish().Done());
        var run = await page.LeaveAsync(new { messages = new[] { ChatPage.User("q1", "Count!") } });
        var resumed = await page.OpenStreamAsync();
        var again = await page.OpenAsync(new { messages = new[] { ChatPage.User("q1", "Count!") } });
        gate.Open();

        var (first, second, third) = (await resumed, await again, await page.ResumeAsync("", run));

        Assert.Equal("One two three", first.Text);
        Assert.Equal(first.Frames, second.Frames);
        Assert.Equal(first.Frames, third.Frames);
        Assert.Single(await page.MessagesAsync(), message => message.StartsWith("assistant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_with_a_key_is_one_request()
    {
        var body = new { messages = new[] { ChatPage.User("q1", "Again!") }, trigger = "regenerate-message" };
        var first = await page.PostAsync(body, ("Idempotency-Key", "k1"));
        var again = await page.PostAsync(body, ("Idempotency-Key", "k1"));
        var other = await page.PostAsync(body, ("Idempotency-Key", "k2"));

        Assert.Equal(first.Frames, again.Frames);
        Assert.NotEqual(first.MessageId, other.MessageId);
    }

    [Fact]
    public async Task Edits_and_other_replies_are_branches()
    {
        var first = await page.PostAsync(new { messages = new[] { ChatPage.User("q1", "One?") } });
        var assistant = new { id = first.MessageId, role = "assistant", parts = Array.Empty<object>(), metadata = new { mine = true } };
        await page.PostAsync(new { messages = new[] { ChatPage.User("q1", "One?"), assistant, ChatPage.User("q2", "Two?") } });
        Assert.Equal(["user: One?", "assistant: Hello, world!", "user: Two?", "assistant: Hello, world!"], await page.MessagesAsync());

        await page.PostAsync(new { messages = new[] { ChatPage.User("q1", "Other?") }, messageId = "q1" });
        Assert.Equal(["user: Other?", "assistant: Hello, world!"], await page.MessagesAsync());

        var another = await page.PostAsync(new { messages = new[] { ChatPage.User("q1", "One?") }, messageId = first.MessageId, trigger = "regenerate-message" });
        Assert.NotEqual(first.MessageId, another.MessageId);
        var branch = await fixture.Api.MessagesAsync(first.Headers["X-Conversation-Id"], "branch=all");
        Assert.Equal(7, branch.Count);
        Assert.Equal(["user: One?", "assistant: Hello, world!"], await page.MessagesAsync());

        // Who sends the last message alone means the end of the branch.
        await page.PostAsync(new { message = ChatPage.User("q9", "And?") });
        Assert.Equal(["user: One?", "assistant: Hello, world!", "user: And?", "assistant: Hello, world!"], await page.MessagesAsync());
    }

    [Fact]
    public async Task A_history_from_elsewhere_is_stored_and_shown_to_the_model()
    {
        fixture.Model.Enqueue(ModelScript.Reply("Mild."));
        object[] messages =
        [
            new { id = "s", role = "system", parts = new[] { new { type = "text", text = "Be brief." } } },
            ChatPage.User("e1", "How warm is it?"),
            new
            {
                id = "e2",
                role = "assistant",
                parts = new object[]
                {
                    new { type = "step-start" },
                    new { type = "reasoning", text = "A tool knows." },
                    new { type = "tool-get_weather", toolCallId = "call_1", state = "output-available", input = new { city = "Paris" }, output = new { degrees = 12 } },
                },
            },
        ];
        var read = await page.PostAsync(new { messages, messageId = "e2", model = "scripted", temperature = 0.5, system = "Be kind." });

        Assert.Equal("e2", read.MessageId);
        Assert.Equal("Mild.", read.Text);
        var request = fixture.Model.Requests[^1].Body;
        Assert.Contains("\\u0022degrees\\u0022:12", request.Replace("\\\"", "\\u0022", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Be kind.", request, StringComparison.Ordinal);
        Assert.Contains("0.5", request, StringComparison.Ordinal);
        Assert.Equal(["system: Be brief.", "user: How warm is it?", "assistant: Mild."], await page.MessagesAsync());
    }

    [Fact]
    public async Task A_message_that_was_refused_and_is_sent_along_with_later_ones_is_in_nobodys_way()
    {
        var file = new { id = "r1", role = "user", parts = new object[] { new { type = "text", text = "Read it." }, new { type = "file", mediaType = "application/pdf", url = "https://example.org/a.pdf" } } };
        var blank = ChatPage.User("r2", " ");
        var data = new { id = "r3", role = "user", parts = new object[] { new { type = "data-x", data = 1 } } };
        List<object> messages = [ChatPage.User("q1", "Hello?")];
        await page.PostAsync(new { messages });
        foreach (object refused in new object[] { file, blank, data })
        {
            messages.Add(refused);
            Assert.Equal(HttpStatusCode.BadRequest, (await page.PostAsync(new { messages })).Status);
        }

        foreach (var next in new[] { "q2", "q3" })
        {
            messages.Add(ChatPage.User(next, $"{next}?"));
            Assert.Equal(HttpStatusCode.OK, (await page.PostAsync(new { messages })).Status);
        }

        // The client had no reply to what it said first, as far as it tells.
        Assert.Equal(["user: Hello?", "user: Read it.", "user: q2?", "user: q3?", "assistant: Hello, world!"], await page.MessagesAsync());
    }

    [Fact]
    public async Task A_chat_goes_on_however_long_it_is_and_messages_from_elsewhere_are_bounded()
    {
        await page.PostAsync(new { messages = new[] { ChatPage.User("q0", "First?") } });
        var elsewhere = Enumerable.Range(1, 1_001).Select(i => ChatPage.User($"e{i}", $"{i}"));

        var longer = await page.PostAsync(new { messages = elsewhere.Append(ChatPage.User("q0", "First?")).Append(ChatPage.User("q1", "Second?")) });
        var refused = await page.PostAsync(new { messages = elsewhere.Append(ChatPage.User("q1", "Third?")) });

        Assert.Equal(HttpStatusCode.OK, longer.Status);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.StartsWith("'messages' has more than 1000 messages that are not from this chat", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    public async Task How_to_choose_from_no_tools_is_passed_over(string toolChoice)
    {
        var read = await page.PostAsync(new { messages = new[] { ChatPage.User("q1", "Why?") }, toolChoice, parallelToolCalls = false, topP = 0 });

        Assert.Equal(HttpStatusCode.OK, read.Status);
        var asked = fixture.Model.Requests[^1].Json;
        Assert.False(asked.TryGetProperty("tool_choice", out _));
        Assert.Equal(0, asked.GetProperty("top_p").GetDouble());
    }

    [Fact]
    public async Task A_native_conversation_is_a_chat_too()
    {
        var id = await fixture.Api.CreateAsync();
        var chat = new ChatPage(fixture.Api, id);
        await chat.PostAsync(new { messages = new[] { ChatPage.User("q1", "Hello!") } });

        Assert.Equal(2, (await fixture.Api.MessagesAsync(id)).Count);
        Assert.Equal(HttpStatusCode.NotFound, (await new ChatPage(fixture.Api, id[..^1] + (id[^1] == '0' ? '1' : '0')).PostAsync(new { messages = new[] { ChatPage.User("q1", "Hello!") } })).Status);
    }

    [Fact]
    public async Task Stopping_ends_the_reply_for_everybody_and_waiting_messages_wait()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("One", " two").Stall());
        await page.LeaveAsync(new { messages = new[] { ChatPage.User("q1", "Count!") } });
        var reader = await page.OpenStreamAsync();
        var other = await page.PostAsync(new { messages = new[] { ChatPage.User("x1", "Me!") } });
        var waiting = page.PostAsync(new { messages = new[] { ChatPage.User("x2", "Me too!") }, onBusy = "queue" });

        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Equal("reply_running", other.Headers["X-Error-Code"]);
        Assert.StartsWith("A reply runs in this conversation.", other.Body, StringComparison.Ordinal);
        await page.QueuedAsync(1);
        await fixture.Api.SendAsync(HttpMethod.Post, $"/api/chat/{page.Id}/stop", HttpStatusCode.NoContent);

        Assert.Equal(["abort", "finish", "[DONE]"], (await reader).Types.TakeLast(3));
        var later = await waiting;
        Assert.Equal("data-status", later.Types[0]);
        Assert.Equal("Hello, world!", later.Text);
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "'messages' has 0 messages; the last of them is what is replied to.")]
    [InlineData("""{"messages":[{"role":"user"}]}""", "'messages[0].parts' is a list of parts")]
    [InlineData("""{"messages":[{"role":"robot","parts":[]}]}""", "'messages[0].role' is \"user\", \"assistant\" or \"system\".")]
    [InlineData("""{"messages":[{"role":"user","parts":[{"type":"data-x","data":1}]}]}""", "'messages[0].parts' has 0 parts")]
    [InlineData("""{"messages":[{"role":"assistant","parts":[{"type":"text","text":"x"}]}]}""", "'messages[0]' is a model's message without outputs of tools")]
    [InlineData("""{"message":{"role":"user","parts":[{"type":"text","text":"x"}]},"topP":3}""", "'topP' is a number from 0 to 1.")]
    [InlineData("""{"message":{"role":"user","parts":[{"type":"text","text":"x"}]},"toolChoice":"any"}""", "'toolChoice' is \"auto\"")]
    [InlineData("""{"id":"a/b","message":{"role":"user","parts":[{"type":"text","text":"x"}]}}""", "'id' is 1 to 128 characters")]
    [InlineData("""{"trigger":"again"}""", "'trigger' is \"submit-message\" or \"regenerate-message\".")]
    [InlineData("nonsense", "The body is not valid here.")]
    public async Task What_is_wrong_is_told_in_a_sentence(string body, string expected)
    {
        using var content = new StringContent(body);
        using var response = await fixture.Api.Http.PostAsync(new Uri("/api/chat", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
