using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Owners;
using OrleansChat.Streaming;

namespace OrleansChat.OwnerFeeds;

/// <summary>Writes what an owner's connection brings, as server-sent events.</summary>
internal static class OwnerEvents
{
    /// <summary>Writes a piece of news.</summary>
    public static void Write(ConversationNews news, OwnerCursor cursor, IBufferWriter<byte> output)
    {
        var type = news.Kind switch
        {
            NewsKind.Created => "conversation.created",
            NewsKind.Updated => "conversation.updated",
            NewsKind.Replying => "conversation.replying",
            NewsKind.Finished => "conversation.finished",
            _ => "conversation.deleted",
        };
        var view = news.Conversation is { } conversation ? ConversationView.Of(conversation) : null;
        Write(type, JsonSerializer.SerializeToUtf8Bytes(new NewsView(type, news.Id.Value, view, news.Reply, news.Outcome), Json.NewsView), cursor, output);
    }

    /// <summary>Writes how things stand.</summary>
    public static void Write(SnapshotView snapshot, OwnerCursor cursor, IBufferWriter<byte> output) =>
        Write(snapshot.Type, JsonSerializer.SerializeToUtf8Bytes(snapshot, Json.SnapshotView), cursor, output);

    /// <summary>Writes an event of a conversation that is followed, as it stands in its journal.</summary>
    public static void Write(string conversation, ReadOnlySpan<byte> type, ReadOnlySpan<byte> json, OwnerCursor cursor, IBufferWriter<byte> output)
    {
        WriteId(cursor, output);
        SseFrames.WriteEvent(output, type);
        output.Write("data: {\"conversation\":\""u8);
        Encoding.ASCII.GetBytes(conversation.AsSpan(), output);
        output.Write("\",\"event\":"u8);
        output.Write(json);
        output.Write("}\n\n"u8);
    }

    // As everywhere in the native API; see ApiHosting.
    private static readonly ApiJson Json = new(new JsonSerializerOptions(ApiJson.Default.Options) { Encoder = ReadableEncoder.Instance });

    private static void Write(string type, ReadOnlySpan<byte> json, OwnerCursor cursor, IBufferWriter<byte> output)
    {
        WriteId(cursor, output);
        SseFrames.WriteEvent(output, Encoding.ASCII.GetBytes(type));
        SseFrames.WriteData(output, json);
    }

    private static void WriteId(OwnerCursor cursor, IBufferWriter<byte> output)
    {
        output.Write("id: "u8);
        Encoding.ASCII.GetBytes(cursor.ToString().AsSpan(), output);
        output.Write("\n"u8);
    }
}

/// <summary>What became of a conversation.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Id">The conversation's id.</param>
/// <param name="Conversation">The conversation after it; null after its deletion.</param>
/// <param name="Reply">The reply that has started or ended, of <c>conversation.replying</c> and <c>conversation.finished</c>.</param>
/// <param name="Status">How the reply ended, of <c>conversation.finished</c>.</param>
internal sealed record NewsView(string Type, string Id, ConversationView? Conversation, string? Reply, MessageStatus? Status);

/// <summary>How an owner's conversations stand, when a connection begins or may have missed something.</summary>
/// <param name="Type">Always <c>snapshot</c>.</param>
/// <param name="Conversations">What may have changed since the cursor; without one, the newest.</param>
/// <param name="Ids">Every conversation that exists among the newest, newest first: others of that age were deleted.</param>
/// <param name="Complete">Whether nothing lies beyond the limits; if not, the list has to be read again.</param>
internal sealed record SnapshotView(
    string Type, IReadOnlyList<ConversationView> Conversations, IReadOnlyList<string> Ids, bool Complete);
