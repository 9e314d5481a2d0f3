using System.Text.Json;
using OrleansChat.Events;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A conversation as a client makes it from the events' JSON, as anybody could who has read the README.</summary>
internal sealed class ClientView
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, (string? Parent, string Role, string Status, string Text)> messages = [];
    private readonly List<string> queue = [];
    private string? head;

    public long Cursor { get; private set; }

    public void Read(EventBlock? block)
    {
        foreach (var line in block ?? throw new InvalidOperationException("There is nothing to read."))
        {
            using var json = JsonDocument.Parse(line.Json.ToArray());
            Read(json.RootElement);
            Cursor = line.Last;
        }
    }

    public string Describe() => string.Join(
        '\n',
        order.Select(id => (Id: id, Message: messages[id]))
            .Select(e => $"{e.Id}<{e.Message.Parent} {e.Message.Role} {e.Message.Status} '{e.Message.Text}'")
            .Append($"head {head}")
            .Append($"queue {string.Join(' ', queue)}"));

    private void Read(JsonElement e)
    {
        var message = e.TryGetProperty("message", out var id) ? id.GetString()! : "";
        switch (e.GetProperty("type").GetString())
        {
            case "message.created":
                Add(message, e.GetProperty("parent").GetString(), e.GetProperty("role").GetString()!, "completed", e.GetProperty("content").GetString()!);
                break;
            case "reply.started":
                Add(message, e.GetProperty("parent").GetString(), "assistant", "in_progress", "");
                break;
            case "reply.delta" or "reply.deltas":
                messages[message] = messages[message] with { Text = messages[message].Text + e.GetProperty("text").GetString() };
                break;
            case "reply.restarted":
                messages[message] = messages[message] with { Text = "" };
                break;
            case "reply.cancelled" when e.TryGetProperty("text_length", out var length):
                messages[message] = messages[message] with { Status = "cancelled", Text = messages[message].Text[..length.GetInt32()] };
                break;
            case "reply.completed" or "reply.failed" or "reply.cancelled" or "reply.interrupted":
                messages[message] = messages[message] with { Status = e.GetProperty("type").GetString()!["reply.".Length..] };
                break;
            case "head.moved":
                head = message;
                break;
            case "message.queued":
                queue.Add(message);
                break;
            case "message.unqueued":
                queue.Remove(message);
                break;
        }
    }

    private void Add(string message, string? parent, string role, string status, string text)
    {
        order.Add(message);
        messages.Add(message, (parent, role, status, text));
        queue.Remove(message);
        head = message;
    }
}
