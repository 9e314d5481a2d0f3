using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Secrecy;

/// <summary>Nothing that users or models say chooses where the product connects to, with which key, or how much it sends.</summary>
public sealed class AbuseTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private const string Key = "Bearer test-key-of-the-scripted-model";

    [Fact]
    public async Task No_request_and_no_answer_leads_anywhere_else()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var address = $"http://{elsewhere.LocalEndpoint}/v1";
        var before = fixture.Model.Requests.Count;
        // A model's server does not say where to go.
        fixture.Model.Enqueue(ModelScript.Status(307, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = $"{address}/chat/completions" }));
        using var redirected = await fixture.Api.SendAndFollowAsync(await fixture.Api.CreateAsync(), "go");
        await redirected.ToEndAsync();
        Assert.Equal("reply.failed", redirected.Events[^1].Type);

        var chosen = $$"""
            "base_url":"{{address}}","endpoint":"{{address}}","api_base":"{{address}}","api_key":"another-key-altogether","apiKey":"another-key-altogether",
            "extra_headers":{"Authorization":"Bearer another-key-altogether"},"headers":{"Authorization":"Bearer another-key-altogether"},"webhook":"{{address}}","provider":"{{address}}"
            """;
        var conversation = await fixture.Api.CreateAsync();
        foreach (var (path, body) in new[]
        {
            ($"/conversations/{conversation}/messages?endpoint={address}", $$"""{"content":"See {{address}}, and ![]({{address}})","on_busy":"queue",{{chosen}}}"""),
            ("/v1/chat/completions", $$"""{"model":"scripted","messages":[{"role":"user","content":"a"}],{{chosen}}}"""),
            ("/v1/responses", $$"""{"model":"scripted","input":"a",{{chosen}}}"""),
            ("/api/chat", $$"""{"id":"abuse","messages":[{"id":"m","role":"user","parts":[{"type":"text","text":"a"}]}],{{chosen}}}"""),
            ("/chat/stream", $$"""{"messages":[{"role":"user","content":"a"}],{{chosen}}}"""),
        })
        {
            await PostAsync(path, body, HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.BadRequest);
        }

        // Models are chosen by their names, and there are no others.
        foreach (var model in new[] { address, $"openai:{address}", "../demo", "scripted\0", "Models:scripted:ApiKey" })
        {
            await PostAsync("/conversations", JsonSerializer.Serialize(new { model }), HttpStatusCode.BadRequest);
            await PostAsync("/v1/chat/completions", JsonSerializer.Serialize(new { model, messages = new[] { new { role = "user", content = "a" } } }), HttpStatusCode.NotFound);
            await PostAsync("/v1/responses", JsonSerializer.Serialize(new { model, input = "a" }), HttpStatusCode.NotFound);
        }

        // Images are the model's to fetch, or not.
        await PostAsync($"/conversations/{conversation}/messages", $$"""{"on_busy":"queue","parts":[{"type":"image","url":"{{address}}"}]}""", HttpStatusCode.BadRequest);
        await PostAsync($"/conversations/{conversation}/messages", $$"""{"on_busy":"queue","parts":[{"type":"image","url":"{{address.Replace("http:", "https:", StringComparison.Ordinal)}}"}]}""", HttpStatusCode.Accepted);

        using var rest = await fixture.Api.FollowAsync(conversation, "until=idle");
        await rest.ToEndAsync();
        Assert.False(elsewhere.Pending(), "Somebody connected.");
        var requests = fixture.Model.Requests.Skip(before).ToArray();
        Assert.True(requests.Length >= 3, $"{requests.Length} requests came.");
        Assert.All(requests, request =>
        {
            Assert.Equal((Key, "/v1/chat/completions"), (request.Headers["Authorization"], request.Path));
            Assert.Equal("scripted-1", request.Json.Text("model"));
            Assert.DoesNotContain("another-key-altogether", request.Body, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Tools_and_schemas_have_limits_in_every_dialect()
    {
        var before = fixture.Model.Requests.Count;
        var many = Enumerable.Range(0, 129).Select(i => $"t{i}").ToArray();
        var deep = $"{string.Concat(Enumerable.Repeat("{\"properties\":{\"a\":", 100))}{{}}{string.Concat(Enumerable.Repeat("}}", 100))}";
        var large = JsonSerializer.Serialize(new { type = "object", description = new string('x', 70_000) });
        foreach (var schema in new[] { deep, large })
        {
            await RefusedAsync($"{{\"name\":\"a\",\"parameters\":{schema}}}", $"{{\"type\":\"function\",\"function\":{{\"name\":\"a\",\"parameters\":{schema}}}}}", $"{{\"type\":\"function\",\"name\":\"a\",\"parameters\":{schema}}}", $"\"a\":{{\"inputSchema\":{schema}}}");
        }

        await RefusedAsync(
            string.Join(',', many.Select(name => $"{{\"name\":\"{name}\"}}")),
            string.Join(',', many.Select(name => $"{{\"type\":\"function\",\"function\":{{\"name\":\"{name}\"}}}}")),
            string.Join(',', many.Select(name => $"{{\"type\":\"function\",\"name\":\"{name}\"}}")),
            string.Join(',', many.Select(name => $"\"{name}\":{{\"inputSchema\":{{}}}}")));
        Assert.Equal(before, fixture.Model.Requests.Count);
    }

    private async Task RefusedAsync(string native, string completions, string responses, string ui)
    {
        await PostAsync($"/conversations/{await fixture.Api.CreateAsync()}/messages", $$$"""{"content":"a","options":{"tools":[{{{native}}}]}}""", HttpStatusCode.BadRequest);
        await PostAsync("/v1/chat/completions", $$"""{"model":"scripted","messages":[{"role":"user","content":"a"}],"tools":[{{completions}}]}""", HttpStatusCode.BadRequest);
        await PostAsync("/v1/responses", $$"""{"model":"scripted","input":"a","tools":[{{responses}}]}""", HttpStatusCode.BadRequest);
        await PostAsync("/api/chat", $$$"""{"id":"tools","messages":[{"id":"m","role":"user","parts":[{"type":"text","text":"a"}]}],"tools":{ {{{ui}}} }}""", HttpStatusCode.BadRequest);
    }

    private async Task PostAsync(string path, string body, params HttpStatusCode[] expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await fixture.Api.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(expected.Contains(response.StatusCode), $"{path}: {(int)response.StatusCode} {answer}");
    }
}
