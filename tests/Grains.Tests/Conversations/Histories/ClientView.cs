using System.Text.Json;
using OrleansChat.Events;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A conversation as a client makes it from the events' JSON, as anybody could who has read the README.</summary>
internal sealed class ClientView
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, Seen> messages = [];
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
            .Select(e => $"{e.Id}<{e.Message.Parent} {e.Message.Role} {e.Message.Status} "
                + ModelMessage.Describe(e.Message.Text, e.Message.Thought, e.Message.Refusal, e.Message.Calls.Values, e.Message.Answers))
            .Append($"head {head}")
            .Append($"queue {string.Join(' ', queue)}"));

    private void Read(JsonElement e)
    {
        var message = e.TryGetProperty("message", out var id) ? id.GetString()! : "";
        switch (e.GetProperty("type").GetString())
        {
            case "message.created":
                Add(message, e.GetProperty("parent").GetString(), e.GetProperty("role").GetString()!, "completed", e.GetProperty("content").GetString()!);
                messages[message].Answers.AddRange(e.TryGetProperty("tool_results", out var results)
                    ? results.EnumerateArray().Select(result => result.GetProperty("tool_call_id").GetString()!)
                    : []);
                AddMore(e, messages[message]);
                break;
            case "message.deleted":
                Remove(message);
                break;
            case "reply.started":
                Add(message, e.GetProperty("parent").GetString(), "assistant", "in_progress", "");
                break;
            case "reply.delta" or "reply.deltas":
                messages[message].Text += e.GetProperty("text").GetString();
                break;
            case "reply.reasoning" or "reply.reasonings":
                messages[message].Thought += e.GetProperty("text").GetString();
                break;
            case "reply.refusal" or "reply.refusals":
                messages[message].Refusal += e.GetProperty("text").GetString();
                break;
            case "reply.tool_call" or "reply.tool_calls":
                var (calls, index) = (messages[message].Calls, e.GetProperty("index").GetInt32());
                calls[index] = calls.GetValueOrDefault(index) + e.GetProperty("arguments").GetString();
                break;
            case "reply.restarted":
                messages[message].Cut(0, 0, 0);
                break;
            case "reply.cancelled" when e.TryGetProperty("text_length", out var length):
                messages[message].Status = "cancelled";
                messages[message].Cut(length.GetInt32(), LengthIn(e, "reasoning_length"), LengthIn(e, "refusal_length"));
                break;
            case "reply.completed" or "reply.failed" or "reply.cancelled" or "reply.interrupted":
                messages[message].Status = e.GetProperty("type").GetString()!["reply.".Length..];
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
        messages.Add(message, new Seen { Parent = parent, Role = role, Status = status, Text = text });
        queue.Remove(message);
        head = message;
    }

    private static void AddMore(JsonElement e, Seen message)
    {
        message.Refusal = e.TryGetProperty("refusal", out var refusal) ? refusal.GetString()! : "";
        message.Thought = e.TryGetProperty("reasoning", out var blocks)
            ? string.Concat(blocks.EnumerateArray().Select(block => block.GetProperty("text").GetString()))
            : "";
        foreach (var call in e.TryGetProperty("tool_calls", out var calls) ? calls.EnumerateArray() : [])
        {
            message.Calls[message.Calls.Count] = call.GetProperty("arguments").GetString()!;
        }
    }

    // What followed it follows what it followed.
    private void Remove(string message)
    {
        messages.Remove(message, out var removed);
        order.Remove(message);
        foreach (var next in messages.Values.Where(next => next.Parent == message))
        {
            next.Parent = removed!.Parent;
        }

        head = head == message ? removed!.Parent : head;
    }

    private static int LengthIn(JsonElement e, string property) => e.TryGetProperty(property, out var length) ? length.GetInt32() : 0;

    private sealed class Seen
    {
        public required string? Parent { get; set; }

        public required string Role { get; init; }

        public required string Status { get; set; }

        public required string Text { get; set; }

        public string Thought { get; set; } = "";

        public string Refusal { get; set; } = "";

        public SortedDictionary<int, string> Calls { get; } = [];

        public List<string> Answers { get; } = [];

        public void Cut(int text, int thought, int refusal)
        {
            (Text, Thought, Refusal) = (Text[..text], Thought[..thought], Refusal[..refusal]);
            Calls.Clear();
        }
    }
}
