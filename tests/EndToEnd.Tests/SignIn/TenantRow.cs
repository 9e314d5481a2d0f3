using System.Collections.Immutable;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>How to call a route so that its owner is served, and with what it names what is his.</summary>
/// <param name="Route">The route, as the endpoint table has it.</param>
/// <param name="Path">The path, with <c>{names}</c> of <see cref="TenantScene"/> in it.</param>
/// <param name="Body">The body, the same way; null for none.</param>
internal sealed record TenantRow(string Route, string Path, string? Body = null)
{
    /// <summary>The method.</summary>
    public string Method => Route.Split(' ')[0];

    /// <summary>The body's type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether it needs the scope <c>write</c> although it is a GET, or only <c>read</c> although it is none.</summary>
    public bool IsOtherwise { get; init; }

    /// <summary>What the owner gets, where it is not done for him either.</summary>
    public int? OwnStatus { get; init; }

    /// <summary>Whether it names something of one owner, so that to another it is as if that did not exist.</summary>
    public bool NamesSomething => Path.Contains('{', StringComparison.Ordinal)
        || (Body?.Contains("{{", StringComparison.Ordinal) == true && !Body.Contains("{{newChat}}", StringComparison.Ordinal));

    /// <summary>Whether it needs the scope <c>admin</c>.</summary>
    public bool IsForAdministrators => Route.Contains(" /keys", StringComparison.Ordinal);

    /// <summary>Whether a caller who may only read may call it.</summary>
    public bool IsForReaders => !IsForAdministrators && (Method is "GET" or "HEAD") != IsOtherwise;

    private static TenantRow Of(string route, string? body = null) => new(route, route.Split(' ')[1], body);

    /// <summary>Routes that are open to everybody.</summary>
    public static readonly ImmutableArray<string> Open = ["GET /health/live", "GET /health/ready", "GET /session", "POST /session", "DELETE /session"];

    /// <summary>All others; where a route names things in several ways, a row for each.</summary>
    public static readonly ImmutableArray<TenantRow> All =
    [
        Of("GET /conversations"),
        new("GET /conversations", "/conversations?q=zebra"),
        new("GET /conversations", "/conversations?after={conversation}"),
        Of("POST /conversations", "{}"),
        new("POST /conversations/import", "/conversations/import", "{\"type\":\"conversation\",\"version\":1}\n") { ContentType = "application/jsonl" },
        new("GET /conversations/{id}", "/conversations/{conversation}"),
        new("PATCH /conversations/{id}", "/conversations/{conversation}", """{"title":"taken"}"""),
        new("GET /conversations/{id}/export", "/conversations/{conversation}/export"),
        new("GET /conversations/{id}/messages", "/conversations/{conversation}/messages"),
        new("GET /conversations/{id}/messages/{message}", "/conversations/{conversation}/messages/{message}"),
        new("GET /conversations/{id}/queue", "/conversations/{conversation}/queue"),
        new("GET /conversations/{id}/events", "/conversations/{conversation}/events?until=idle"),
        new("GET /conversations/{id}/html/events", "/conversations/{conversation}/html/events?until=idle"),
        new("GET /conversations/{id}/html/messages", "/conversations/{conversation}/html/messages"),
        new("GET /conversations/{id}/html/messages/{message}", "/conversations/{conversation}/html/messages/{message}"),
        new("GET /events", "/events"),
        new("GET /events", "/events?follow={conversation}"),
        Of("GET /models"),
        Of("GET /usage"),
        new("POST /conversations/{id}/tickets", "/conversations/{conversation}/tickets") { IsOtherwise = true },
        new("POST /conversations/{id}/messages", "/conversations/{conversation}/messages", """{"content":"x [demo: tokens=1]","model":"demo"}"""),
        new("POST /conversations/{id}/messages/{message}/regenerate", "/conversations/{conversation}/messages/{reply}/regenerate", """{"model":"demo"}"""),
        new("POST /conversations/{id}/cancel", "/conversations/{conversation}/cancel"),
        new("PUT /conversations/{id}/head", "/conversations/{conversation}/head", """{"message":"{{message}}"}"""),
        new("DELETE /conversations/{id}/queue/{message}", "/conversations/{conversation}/queue/{message}") { OwnStatus = 404 },
        new("DELETE /conversations/{id}/messages/{message}", "/conversations/{conversation}/messages/{reply}"),
        new("DELETE /conversations/{id}", "/conversations/{conversation}"),

        new("GET /stream", "/stream?prompt=x%20[demo:%20tokens=1]&model=demo") { IsOtherwise = true },
        new("POST /chat/stream", "/chat/stream", """{"model":"demo","messages":[{"role":"user","content":"x [demo: tokens=1]"}]}"""),
        new("POST /chat", "/chat?message=x%20[demo:%20tokens=1]&model=demo"),

        Of("GET /v1/models"),
        new("GET /v1/models/{id}", "/v1/models/demo"),
        Of("POST /v1/chat/completions", """{"model":"demo","messages":[{"role":"user","content":"x [demo: tokens=1]"}]}"""),
        new("GET /v1/chat/completions/{id}", "/v1/chat/completions/{completion}"),
        new("GET /v1/chat/completions/{id}", "/v1/chat/completions/{completion}?stream=true"),
        new("POST /v1/chat/completions/{id}/cancel", "/v1/chat/completions/{completion}/cancel"),
        Of("POST /v1/responses", """{"model":"demo","input":"x [demo: tokens=1]"}"""),
        new("POST /v1/responses", "/v1/responses", """{"model":"demo","input":"x [demo: tokens=1]","previous_response_id":"{{response}}"}"""),
        new("POST /v1/responses", "/v1/responses", """{"model":"demo","input":"x [demo: tokens=1]","conversation":"{{conversation}}"}"""),
        new("POST /v1/responses", "/v1/responses", """{"model":"demo","input":[{"type":"item_reference","id":"{{item}}"},{"role":"user","content":"x [demo: tokens=1]"}]}"""),
        new("GET /v1/responses/{id}", "/v1/responses/{response}"),
        new("GET /v1/responses/{id}", "/v1/responses/{response}?stream=true"),
        new("GET /v1/responses/{id}/input_items", "/v1/responses/{response}/input_items"),
        new("POST /v1/responses/{id}/cancel", "/v1/responses/{response}/cancel"),
        new("DELETE /v1/responses/{id}", "/v1/responses/{response}"),
        Of("POST /v1/conversations", "{}"),
        Of("GET /v1/conversations"),
        new("GET /v1/conversations/{id}", "/v1/conversations/{conversation}"),
        new("POST /v1/conversations/{id}", "/v1/conversations/{conversation}", """{"metadata":{"a":"b"}}"""),
        new("GET /v1/conversations/{id}/items", "/v1/conversations/{conversation}/items"),
        new("POST /v1/conversations/{id}/items", "/v1/conversations/{conversation}/items", """{"items":[{"type":"message","role":"user","content":"x"}]}"""),
        new("GET /v1/conversations/{id}/items/{item}", "/v1/conversations/{conversation}/items/{item}"),
        new("DELETE /v1/conversations/{id}/items/{item}", "/v1/conversations/{conversation}/items/{item}"),
        new("DELETE /v1/conversations/{id}", "/v1/conversations/{conversation}"),

        new("POST /api/chat", "/api/chat", """{"id":"{{newChat}}","model":"demo","messages":[{"id":"m1","role":"user","parts":[{"type":"text","text":"x [demo: tokens=1]"}]}]}"""),
        new("GET /api/chat/{id}", "/api/chat/{chat}"),
        new("GET /api/chat/{id}", "/api/chat/{conversation}"),
        new("GET /api/chat/{id}/stream", "/api/chat/{chat}/stream"),
        new("GET /api/chat/{id}/stream", "/api/chat/{conversation}/stream"),
        new("POST /api/chat/{id}/stop", "/api/chat/{chat}/stop"),

        new("GET /streams/{conversation}", "/streams/{conversation}?offset=-1"),
        new("GET /streams/{conversation}/{message}", "/streams/{conversation}/{reply}?offset=-1"),
        new("HEAD /streams/{conversation}", "/streams/{conversation}"),
        new("HEAD /streams/{conversation}/{message}", "/streams/{conversation}/{reply}"),

        Of("GET /keys"),
        Of("POST /keys", "{}"),
        new("DELETE /keys/{id}", "/keys/{key}"),
        new("GET /openapi/v1.json", "/openapi/v1.json"),
    ];
}
