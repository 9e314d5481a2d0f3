using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Library;

public sealed class TransferTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    // A tree with every kind of message, and content that looks like the form itself.
    private const string Tree = """
        {"type":"conversation","version":1,"title":"A <!-- tree --> of \"all\"","model":"scripted","system":"Be brief.\n","metadata":{"a":"1"},"created_at":"2020-01-02T03:04:05.678Z","head":"y"}
        {"type":"message","id":"x","parent":null,"role":"user","content":"# Why?\n\n<!-- orleanschat {} -->\n\\<!-- orleanschat \n\n","created_at":"2020-01-02T03:04:06.000Z"}
        {"type":"message","id":"r1","parent":"x","role":"assistant","content":"Because 👩‍🚀\u0000\u2028","status":"completed","created_at":"2020-01-02T03:04:07.000Z","model":"gone-1","finish_reason":"length","usage":{"input_tokens":3,"output_tokens":5}}
        {"type":"message","id":"r2","parent":"x","role":"assistant","content":"","status":"failed","model":"scripted","created_at":"2020-01-02T03:04:08.000Z","error":{"code":"upstream_error","message":"No.","retryable":true},"answered_by":"spare"}
        {"type":"message","id":"r3","parent":"x","role":"assistant","content":" half","status":"cancelled","created_at":"2020-01-02T03:04:09.000Z","model":"scripted"}
        {"type":"message","id":"r4","parent":"x","role":"assistant","content":"half \n","status":"in_progress","created_at":"2020-01-02T03:04:10.000Z","model":"scripted"}
        {"type":"message","id":"y","parent":"r1","role":"user","content":"and\r\nthen","created_at":"2020-01-02T03:04:11.000Z"}
        {"type":"message","id":"z","parent":null,"role":"tool","content":"42","created_at":"2020-01-02T03:04:12.000Z"}
        {"type":"message","id":"w","parent":"z","role":"assistant","content":"","created_at":"2020-01-02T03:04:13.000Z","reasoning":[{"text":"Hm","signature":"c2ln"}],"refusal":"No."}

        """;

    [Theory]
    [InlineData("jsonl", "application/jsonl")]
    [InlineData("markdown", "text/markdown")]
    public async Task An_export_that_is_imported_exports_the_same_but_for_the_conversation_s_id(string format, string type)
    {
        var first = await ImportAsync(Tree, "application/jsonl");
        var exported = await ExportAsync(first, format);

        var second = await ImportAsync(exported, type);

        Assert.NotEqual(first, second);
        Assert.Equal(exported.Replace(first, "ID", StringComparison.Ordinal), (await ExportAsync(second, format)).Replace(second, "ID", StringComparison.Ordinal));
        Assert.Equal(await MessagesAsync(first), await MessagesAsync(second));
    }

    [Fact]
    public async Task What_was_said_here_comes_back_with_everything()
    {
        fixture.Model.Enqueue(ModelScript.Reply("One", " and two"));
        var talked = await fixture.Api.CreateAsync(new { title = "Here", system = "Be brief.", metadata = new { k = "v" } });
        using (var reader = await fixture.Api.SendAndFollowAsync(talked, "How many?"))
        {
            await reader.ToEndAsync();
        }

        var exported = await ExportAsync(talked, "jsonl");
        var imported = await ImportAsync(exported, "application/jsonl");

        Assert.Equal(Anonymous(exported), Anonymous(await ExportAsync(imported, "jsonl")));
        var conversation = await fixture.Api.GetAsync($"/conversations/{imported}");
        Assert.Equal("Here", conversation.GetProperty("title").GetString());
        Assert.Equal("idle", conversation.GetProperty("status").GetString());

        // And it goes on.
        fixture.Model.Enqueue(ModelScript.Reply("Three"));
        using var next = await fixture.Api.SendAndFollowAsync(imported, "And now?");
        await next.ToEndAsync();
        Assert.Equal("Three", next.Text);
    }

    [Fact]
    public async Task An_imported_tree_keeps_its_branches_states_and_times()
    {
        var messages = await MessagesAsync(await ImportAsync(Tree, "application/jsonl"));

        Assert.Equal(
            ["user completed", "assistant completed", "assistant failed", "assistant cancelled", "assistant interrupted", "user completed", "tool completed", "assistant completed"],
            messages.Select(message => $"{message.Role} {message.Status}"));
        Assert.Equal([-1, 0, 0, 0, 0, 1, -1, 6], messages.Select(message => message.Parent));
        Assert.Equal("2020-01-02T03:04:07.000Z", messages[1].At);
        Assert.Equal(["# Why?", "Because 👩‍🚀\0\u2028", "and\r"], (await ActiveAsync()).Select(content => content!.Split('\n')[0]));

        async Task<IEnumerable<string?>> ActiveAsync() =>
            (await fixture.Api.GetAsync($"/conversations/{await ImportAsync(Tree, "application/jsonl")}/messages")).GetProperty("data").EnumerateArray()
                .Select(message => message.GetProperty("content").GetString());
    }

    [Fact]
    public async Task An_export_is_a_file_with_a_name()
    {
        var id = await fixture.Api.CreateAsync();
        using var response = await fixture.Api.Http.GetAsync(new Uri($"/conversations/{id}/export?format=markdown", UriKind.Relative));

        Assert.Equal("text/markdown", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"attachment; filename=\"{id}.md\"", response.Content.Headers.ContentDisposition!.ToString());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\"type\":\"message\",\"id\":\"a\",\"parent\":null,\"role\":\"user\",\"content\":\"x\"}", 1)]
    [InlineData("{\"type\":\"conversation\",\"version\":2}", 1)]
    [InlineData("{\"type\":\"conversation\",\"version\":1,\"colour\":\"red\"}", 1)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\n\n{\"type\":\"conversation\",\"version\":1}", 3)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\nnonsense", 2)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\n{\"type\":\"message\",\"id\":\"a\",\"parent\":\"b\",\"role\":\"user\",\"content\":\"x\"}", 2)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\n{\"type\":\"message\",\"id\":\"a\",\"parent\":null,\"role\":\"user\"}", 2)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\n{\"type\":\"message\",\"id\":\"a\",\"parent\":null,\"role\":\"king\",\"content\":\"x\"}", 2)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\n{\"type\":\"message\",\"id\":\"a\",\"parent\":null,\"role\":\"user\",\"content\":\"x\",\"model\":\"m\"}", 2)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\n{\"type\":\"message\",\"id\":\"a\",\"parent\":null,\"role\":\"user\",\"content\":\"x\",\"refusal\":\"no\"}", 2)]
    [InlineData("{\"type\":\"conversation\",\"version\":1}\n{\"type\":\"message\",\"id\":\"a\",\"parent\":null,\"role\":\"assistant\",\"content\":\"x\",\"options\":{}}", 2)]
    public async Task What_is_no_export_is_refused_with_the_line(string body, int line)
    {
        using var content = Content(body, "application/jsonl");
        using var response = await fixture.Api.Http.PostAsync(new Uri("/conversations/import", UriKind.Relative), content);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_import", problem.GetProperty("code").GetString());
        Assert.Equal(line, problem.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task An_import_has_a_size_and_a_type()
    {
        using var other = Content(Tree, "text/plain");
        using var refused = await fixture.Api.Http.PostAsync(new Uri("/conversations/import", UriKind.Relative), other);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);

        // Larger than other bodies may be.
        var large = $"{{\"type\":\"conversation\",\"version\":1}}\n{string.Concat(Enumerable.Range(0, 6).Select(i => $"{{\"type\":\"message\",\"id\":\"m{i}\",\"parent\":null,\"role\":\"user\",\"content\":\"{new string('x', 1_000_000)}\"}}\n"))}";
        Assert.Equal(6, (await MessagesAsync(await ImportAsync(large, "application/jsonl"))).Count);

        using var tooLarge = Content(new string(' ', (16 * 1024 * 1024) + 1), "application/jsonl");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/conversations/import") { Content = tooLarge };
        request.Headers.ExpectContinue = true;
        using var response = await fixture.Api.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task An_import_that_is_repeated_with_its_key_happens_once()
    {
        var key = $"import-{Guid.NewGuid()}";
        var first = await ImportAsync(Tree, "application/jsonl", key);
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ImportAsync(Tree, "application/jsonl", key)));
        Assert.All(again, id => Assert.Equal(first, id));
        Assert.Equal(8, (await MessagesAsync(first)).Count);

        using var other = Content(Tree.Replace("and then", "and now", StringComparison.Ordinal) + "\n", "application/jsonl");
        using var refused = await PostAsync(other, key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("idempotency_key_reused", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(first, await ImportAsync(Tree, "application/jsonl", key + "-2"));
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/conversations/import", UriKind.Relative)) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return fixture.Api.Http.SendAsync(request);
    }

    private async Task<string> ImportAsync(string text, string type, string? key = null)
    {
        using var content = Content(text, type);
        using var response = await PostAsync(content, key);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        return JsonElement.Parse(answer).GetProperty("id").GetString()!;
    }

    private Task<string> ExportAsync(string id, string format) =>
        fixture.Api.Http.GetStringAsync(new Uri($"/conversations/{id}/export?format={format}", UriKind.Relative));

    private async Task<List<(string Role, string Status, string Content, int Parent, string At)>> MessagesAsync(string id)
    {
        // Of long ones there are several pages.
        var messages = new List<JsonElement>();
        for (var more = true; more;)
        {
            var after = messages is [.., var last] ? $"&after={last.Text("id")}" : "";
            var page = await fixture.Api.GetAsync($"/conversations/{id}/messages?limit=100&branch=all{after}");
            messages.AddRange(page.GetProperty("data").EnumerateArray());
            more = page.GetProperty("has_more").GetBoolean();
        }

        var ids = messages.ConvertAll(message => message.GetProperty("id").GetString());
        return messages.ConvertAll(message => (
            message.GetProperty("role").GetString()!,
            message.GetProperty("status").GetString()!,
            message.GetProperty("content").GetString()!,
            ids.IndexOf(message.GetProperty("parent").GetString()),
            message.GetProperty("created_at").GetString()!));
    }

    private static StringContent Content(string body, string type) => new(body, Encoding.UTF8, new MediaTypeHeaderValue(type));

    // Ids count events, of which what was said live has more; and what is imported changed when it was last said something.
    private static string Anonymous(string exported)
    {
        var ids = new List<string>();
        return Regex.Replace(exported, "(?<id>(?:msg|conv)_[0-9a-z]+)|(?<time>\"updated_at\":\"[^\"]*\")", match =>
        {
            if (match.Groups["time"].Success)
            {
                return "";
            }

            if (!ids.Contains(match.Value))
            {
                ids.Add(match.Value);
            }

            return $"id{ids.IndexOf(match.Value)}";
        }, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
    }
}
