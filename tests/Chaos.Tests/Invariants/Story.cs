using System.Text.Json;
using OrleansChat.Chaos.Clients;

namespace OrleansChat.Chaos.Tests.Invariants;

/// <summary>Tells a conversation event by event, as the wire would; what it tells may be wrong on purpose.</summary>
internal sealed class Story
{
    private readonly List<Frame> frames = [];
    private string? head;

    public IReadOnlyList<Frame> Frames => frames;

    /// <summary>One turn, with a reply in four pieces.</summary>
    public static Story Usual() => new Story().Created().Asked("hello").Started().Delta("one ").Delta("two ").Delta("three ").Delta("four").Ended("completed");

    public Story Created() => Add("conversation.created", new { title = (string?)null, model = "demo" });

    public Story Asked(string content)
    {
        var (message, parent) = ($"msg_{frames.Count + 1}", head);
        head = message;
        return Add("message.created", new { message, parent, role = "user", content });
    }

    public Story Started()
    {
        var (message, parent) = ($"msg_{frames.Count + 1}", head);
        head = message;
        return Add("reply.started", new { message, parent, model = "demo" });
    }

    public Story Delta(string text, string? message = null) => Add("reply.delta", new { message = message ?? head, text });

    public Story TakenOver(string how, int attempt) => Add($"reply.{how}", new { message = head, attempt });

    public Story Ended(string how, string? message = null) => Add($"reply.{how}", new { message = message ?? head, finish_reason = "stop" });

    /// <summary>A frame as a client may get it: deltas up to an id in one.</summary>
    public static Frame Merged(long id, string message, string text) => Frame(id, "reply.delta", new { message, text });

    /// <summary>The frames without some of them.</summary>
    public Frame[] Without(params long[] ids) => [.. frames.Where(frame => !ids.Contains(frame.Id))];

    /// <summary>The frames in another order, or some of them twice.</summary>
    public Frame[] Told(params int[] ids) => [.. ids.Select(id => frames[id - 1])];

    private static Frame Frame(long id, string type, object data)
    {
        var json = new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = type, ["sequence"] = id };
        foreach (var property in JsonSerializer.SerializeToElement(data).EnumerateObject())
        {
            json[property.Name] = property.Value;
        }

        return new Frame(id, type, JsonSerializer.SerializeToUtf8Bytes(json), At: 0);
    }

    private Story Add(string type, object data)
    {
        frames.Add(Frame(frames.Count + 1, type, data));
        return this;
    }
}
