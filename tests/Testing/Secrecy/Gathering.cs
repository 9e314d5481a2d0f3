using System.Data.Common;
using System.Text.Json;

namespace OrleansChat.Testing.Secrecy;

/// <summary>Finds the secrets in what goes to the product.</summary>
public static class Gathering
{
    // Where people, models and tools say something, in every dialect; what is in these is said too, however deep. All else are ids,
    // names of models and types, which logs are full of.
    private static readonly HashSet<string> Saying = new(StringComparer.Ordinal)
    {
        "content", "text", "title", "system", "instructions", "input", "output", "arguments", "metadata", "prompt", "message", "refusal",
        "reasoning", "reasoning_content", "description", "thinking", "summary",
    };

    private static readonly HashSet<string> Structure = new(StringComparer.Ordinal)
    {
        "type", "id", "role", "name", "tool_call_id", "call_id", "model", "mediaType", "media_type", "status", "object", "finish_reason", "parent",
        "toolCallId", "toolName", "state", "messageId", "trigger", "code", "url", "image_url", "format", "schema", "parameters", "properties", "include",
    };

    private static readonly string[] Keys = ["apikey", "secret", "password"];
    private static readonly string[] SayingInQueries = ["prompt", "message", "q"];

    /// <summary>Gathers what a JSON text says; one that is no JSON says nothing.</summary>
    public static void Json(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Json(document.RootElement, isSaid: false);
        }
        catch (JsonException)
        {
            // What a test sends to be refused.
        }
    }

    /// <summary>Gathers what JSON says.</summary>
    public static void Json(JsonElement json, bool isSaid = false)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String when isSaid && TextOf(json) is { } text:
                Secrets.Say(text);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Json(item, isSaid);
                }

                break;
            case JsonValueKind.Object:
                foreach (var (name, value) in json.EnumerateObject().Select(property => (NameOf(property), property.Value)))
                {
                    Secrets.Keep(name is "key" or "ticket" && value.ValueKind == JsonValueKind.String ? TextOf(value) : null);
                    Json(value, !Structure.Contains(name) && (isSaid || Saying.Contains(name)));
                }

                break;
        }
    }

    /// <summary>Gathers what the environment of a process tells it: keys, passwords, and those in connection strings.</summary>
    public static void Setting(string name, string value)
    {
        if (name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase) && value.Contains('=', StringComparison.Ordinal))
        {
            Secrets.Keep(new DbConnectionStringBuilder { ConnectionString = value }.TryGetValue("Password", out var password) ? password as string : null);
        }
        else if (Keys.Any(key => name.EndsWith(key, StringComparison.OrdinalIgnoreCase)))
        {
            Secrets.Keep(value);
        }
    }

    /// <summary>Gathers what a request's address says.</summary>
    public static void Query(Uri? address)
    {
        var query = address is { IsAbsoluteUri: true } ? address.Query : "";
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var first, var second] ? (first, Uri.UnescapeDataString(second.Replace('+', ' '))) : (part, "");
            if (name == "ticket")
            {
                Secrets.Keep(value);
            }
            else if (SayingInQueries.Contains(name, StringComparer.Ordinal))
            {
                Secrets.Say(value);
                Secrets.Say(part[(name.Length + 1)..]);
            }
        }
    }

    /// <summary>Gathers what a request's headers prove.</summary>
    public static void Header(string name, string value)
    {
        if (name == "Cookie")
        {
            foreach (var cookie in value.Split(';'))
            {
                Secrets.Keep(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            }
        }
        else if (name == "Authorization")
        {
            Secrets.Keep(value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        }
        else if (Keys.Any(key => name.Replace("-", "", StringComparison.Ordinal).EndsWith(key, StringComparison.OrdinalIgnoreCase)))
        {
            Secrets.Keep(value);
        }
    }

    // Half a pair of surrogates is JSON, and no text.
    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
