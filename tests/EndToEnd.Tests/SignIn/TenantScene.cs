using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>What one owner has, of each kind that a route can name.</summary>
internal sealed class TenantScene
{
    /// <summary>What is in everything that he said, and nowhere else.</summary>
    public const string Secret = "zebra";

    private readonly Dictionary<string, string> names;

    private TenantScene(Dictionary<string, string> names) => this.names = names;

    /// <summary>His conversation.</summary>
    public string Conversation => names["conversation"];

    /// <summary>What tells that what an answer has is his.</summary>
    public IEnumerable<string> Marks => names.Where(name => name.Key is not ("message" or "reply" or "newChat")).Select(name => name.Value[5..]).Append(Secret);

    /// <summary>Makes all of it.</summary>
    public static async Task<TenantScene> MakeAsync(ChatApi owner, ChatApi admin)
    {
        const string Words = $"my {Secret} [demo: tokens=2]";
        var chat = $"chat-{Guid.NewGuid():n}";
        var conversation = await owner.CreateAsync(new { title = Secret, model = "demo" });
        using (var reader = await owner.SendAndFollowAsync(conversation, Words))
        {
            await reader.ToEndAsync();
        }

        var messages = await owner.MessagesAsync(conversation);
        var response = await owner.PostAsync("/v1/responses", new { model = "demo", input = Words });
        var completion = await owner.PostAsync("/v1/chat/completions", new { model = "demo", messages = new[] { new { role = "user", content = Words } } });
        using (var reader = await owner.PostAndFollowAsync(
            "/api/chat", new { id = chat, model = "demo", messages = new[] { new { id = "m1", role = "user", parts = new[] { new { type = "text", text = Words } } } } }))
        {
            await reader.ToEndAsync();
        }

        var items = (await owner.GetAsync($"/v1/conversations/{conversation}/items")).GetProperty("data");
        return new TenantScene(new(StringComparer.Ordinal)
        {
            ["conversation"] = conversation,
            ["message"] = messages[0].Text("id")!,
            ["reply"] = messages[1].Text("id")!,
            ["response"] = response.Text("id")!,
            ["completion"] = completion.Text("id")!,
            ["item"] = items[0].Text("id")!,
            ["chat"] = chat,
            ["newChat"] = $"chat-{Guid.NewGuid():n}",
            ["key"] = (await admin.PostAsync("/keys", new { owner = "somebody" }, System.Net.HttpStatusCode.Created)).Text("id")!,
        });
    }

    /// <summary>The same names for what there never was: alike to look at, with other ids of conversations in them.</summary>
    public TenantScene Unknown()
    {
        var id = names["conversation"]["conv_".Length..];
        return new TenantScene(names.ToDictionary(
            name => name.Key,
            name => name.Key switch
            {
                "chat" or "newChat" => $"chat-{Guid.NewGuid():n}",
                "key" => "000000000000",
                "response" or "completion" or "item" or "conversation" => Other(name.Value),
                _ => name.Value,
            },
            StringComparer.Ordinal));

        // The last characters are chance; what stands before them is the time.
        static string Other(string text)
        {
            var start = text.IndexOf('_', StringComparison.Ordinal) + 1;
            var length = text.AsSpan(start).IndexOf('_') is >= 0 and var end ? end : text.Length - start;
            return string.Concat(text.AsSpan(0, start + length - 8), "01234567", text.AsSpan(start + length));
        }
    }

    /// <summary>A text with the names in it replaced.</summary>
    public string Fill(string template, bool isBody)
    {
        foreach (var (name, value) in names)
        {
            template = template.Replace(isBody ? $"{{{{{name}}}}}" : $"{{{name}}}", value, StringComparison.Ordinal);
        }

        return template;
    }

    /// <summary>An answer with what was asked for taken out of it.</summary>
    public string Blank(string answer)
    {
        foreach (var (name, value) in names.OrderByDescending(name => name.Value.Length))
        {
            answer = answer.Replace(value, $"<{name}>", StringComparison.Ordinal);
        }

        return answer;
    }
}
