using System.Text.Json;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Testing.Html;

/// <summary>What a page that follows a conversation in the HTML dialect has, kept as the dialect's description says and no better.</summary>
public sealed class HtmlPage
{
    private readonly Dictionary<string, HtmlPageMessage> messages = new(StringComparer.Ordinal);

    /// <summary>The cursor: the last id that came.</summary>
    public long Cursor { get; private set; }

    /// <summary>The messages by their ids.</summary>
    public IReadOnlyDictionary<string, HtmlPageMessage> Messages => messages;

    /// <summary>Types of events that it does nothing about.</summary>
    public List<string> Others { get; } = [];

    /// <summary>All HTML that is shown.</summary>
    public IEnumerable<string> Html => messages.Values.Select(message => message.Html);

    /// <summary>A page that begins with stored messages.</summary>
    public static HtmlPage Load(JsonElement list)
    {
        var page = new HtmlPage { Cursor = list.GetProperty("sequence").GetInt64() };
        foreach (var item in list.GetProperty("data").EnumerateArray())
        {
            page.Add(item);
        }

        return page;
    }

    /// <summary>The connection is a new one.</summary>
    public void Reconnect()
    {
        foreach (var message in messages.Values)
        {
            message.Reconnect();
        }
    }

    /// <summary>Takes in an event.</summary>
    public void Take(SseEvent news)
    {
        var json = news.Json;
        switch (news.Type)
        {
            case "message":
                Add(json);
                break;
            case "reply.started" or "reply.restarted":
                messages[Text(json, "message")] = new HtmlPageMessage();
                break;
            case "block":
                messages[Text(json, "message")].Finish(Number(json, "index"), Text(json, "html"));
                break;
            case "growing":
                messages[Text(json, "message")].Open(Number(json, "index"), Number(json, "keep"), Text(json, "html"));
                break;
            case "append":
                messages[Text(json, "message")].Append(Number(json, "index"), Text(json, "text"));
                break;
            case "reasoning" or "refusal" or "tool":
                messages[Text(json, "message")].Say(NameOf(news.Type, json), Number(json, "offset"), Text(json, "text"));
                break;
            case "reply.ended":
                messages[Text(json, "message")].End(Text(json, "status"), Number(json, "blocks"));
                break;
            default:
                Others.Add(news.Type);
                break;
        }

        Cursor = news.Id == 0 ? Cursor : news.Id;
    }

    private static string NameOf(string type, JsonElement json) =>
        type == "tool" ? $"{type} {Number(json, "index")} {Text(json, "id")} {Text(json, "name")}" : type;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private void Add(JsonElement item)
    {
        var (message, shown) = (item.GetProperty("message"), new HtmlPageMessage());
        foreach (var block in item.GetProperty("blocks").EnumerateArray())
        {
            shown.Finish(shown.Blocks.Count, block.GetString()!);
        }

        if (item.TryGetProperty("open", out var open))
        {
            shown.Open(shown.Blocks.Count, 0, open.GetString()!);
        }

        if (message.TryGetProperty("reasoning", out var reasoning))
        {
            shown.Say("reasoning", 0, string.Concat(reasoning.EnumerateArray().Select(block => Text(block, "text"))));
        }

        if (message.GetProperty("status").GetString() is { } status and not "in_progress")
        {
            shown.End(status, shown.Blocks.Count);
        }

        messages[Text(message, "id")] = shown;
    }
}
