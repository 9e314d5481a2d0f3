using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses;
using OrleansChat.Dialects.Responses.Rendering;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Api.Tests.Dialects.Responses;

/// <summary>A response of the conversation of these tests, as its renderer writes it.</summary>
internal static class Rendered
{
    /// <summary>The conversation's id without its prefix.</summary>
    public const string Tail = "01k9xf2q6r3m8t5v0w7y1z4b2c";

    /// <summary>The response that a message's id names.</summary>
    public static ResponseKey KeyOf(string message) =>
        new(new ConversationKey(OwnerId.Local, ConversationId.TryParse($"conv_{Tail}", out var id) ? id : default), message);

    /// <summary>The frames of some blocks, for a reader who has seen those up to a number.</summary>
    public static IReadOnlyList<Frame> Frames(string message, IEnumerable<EventBlock> blocks, long after = -1, StreamEnd? end = null, bool withSignatures = false)
    {
        var renderer = new ResponseRenderer(KeyOf(message), after, voidThrough: 0, withSignatures);
        var output = new ArrayBufferWriter<byte>();
        foreach (var block in blocks)
        {
            renderer.Render(block, output);
        }

        if (end is { } reason)
        {
            renderer.End(reason, output);
        }

        return Read(output);
    }

    /// <summary>The frames of some events, each in a block of its own.</summary>
    public static IReadOnlyList<Frame> Frames(string message, params ConversationEvent[] events) =>
        Frames(message, events.Select(e => Testing.Blocks.Of(e)));

    /// <summary>The frames in an output.</summary>
    public static IReadOnlyList<Frame> Read(ArrayBufferWriter<byte> output) =>
    [
        .. SseParser.Create(new MemoryStream(output.WrittenSpan.ToArray()), (_, data) => Encoding.UTF8.GetString(data)).Enumerate()
            .Select(item => new Frame(item.EventType, JsonElement.Parse(item.Data))),
    ];

    /// <summary>Types and numbers, for example <c>response.created 0</c>.</summary>
    public static IEnumerable<string> Outline(this IEnumerable<Frame> frames) => frames.Select(frame => $"{frame.Type} {frame.Number}");
}

/// <summary>A frame of a response.</summary>
/// <param name="Type">Its event.</param>
/// <param name="Json">Its data.</param>
internal sealed record Frame(string Type, JsonElement Json)
{
    /// <summary>Its number.</summary>
    public long Number => Json.GetProperty("sequence_number").GetInt64();

    /// <summary>The response in it.</summary>
    public JsonElement Response => Json.GetProperty("response");

    /// <summary>A text in it.</summary>
    public string? Text(string property) => Json.GetProperty(property).GetString();
}
