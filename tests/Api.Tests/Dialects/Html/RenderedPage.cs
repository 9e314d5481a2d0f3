using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using OrleansChat.Dialects.Html.Events;
using OrleansChat.Events;
using OrleansChat.Testing.Html;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>Renders blocks of events for one reader, and shows them on a page.</summary>
internal sealed class RenderedPage
{
    private readonly HtmlRenderer renderer = new(null, 0);

    /// <summary>The page.</summary>
    public HtmlPage Page { get; } = new();

    /// <summary>The events that it got; the id of each is the last that came.</summary>
    public List<SseEvent> Events { get; } = [];

    /// <summary>The ids of the events, empty where they have none.</summary>
    public List<string> RawIds { get; } = [];

    /// <summary>How many bytes were sent.</summary>
    public long Bytes { get; private set; }

    /// <summary>Sends events; then, unless more are at hand, what was put off.</summary>
    public RenderedPage Send(EventBlock block, bool hasMore = false)
    {
        var output = new ArrayBufferWriter<byte>();
        renderer.Render(block, output);
        if (!hasMore)
        {
            renderer.CatchUp(output);
        }

        Bytes += output.WrittenCount;
        foreach (var frame in Encoding.UTF8.GetString(output.WrittenSpan).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            RawIds.Add(frame.StartsWith("id: ", StringComparison.Ordinal) ? frame[4..frame.IndexOf('\n', StringComparison.Ordinal)] : "");
        }

        foreach (var news in Parse(output.WrittenSpan.ToArray(), Page.Cursor))
        {
            Events.Add(news);
            Page.Take(news);
        }

        return this;
    }

    /// <summary>The events in a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="id">The last id before it.</param>
    public static IEnumerable<SseEvent> Parse(byte[] stream, long id = 0)
    {
        foreach (var item in SseParser.Create(new MemoryStream(stream), (_, data) => Encoding.UTF8.GetString(data)).Enumerate())
        {
            id = long.TryParse(item.EventId, out var number) ? number : id;
            yield return new SseEvent(id, item.EventType, item.Data);
        }
    }
}
