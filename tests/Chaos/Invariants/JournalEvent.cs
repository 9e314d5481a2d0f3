using System.Text.Json;
using OrleansChat.Chaos.Clients;

namespace OrleansChat.Chaos.Invariants;

/// <summary>An event as the checks see it: read from the wire, by names that the wire promises, and by nothing of the product's.</summary>
internal sealed record JournalEvent(long Sequence, string Type, string? Message, string? Parent, string? Role, string? Text, int Attempt)
{
    public const string Delta = "reply.delta";
    public const string Started = "reply.started";
    public const string Continued = "reply.continued";
    public const string Restarted = "reply.restarted";
    public const string Completed = "reply.completed";
    public const string Interrupted = "reply.interrupted";
    public const string MessageCreated = "message.created";

    /// <summary>Whether a reply ends with it.</summary>
    public bool IsEnd => IsEndType(Type);

    /// <summary>Whether a reply ends with events of this type.</summary>
    public static bool IsEndType(string type) =>
        type is Completed or Interrupted or "reply.failed" or "reply.cancelled";

    /// <summary>Whether a reply is taken over with events of this type.</summary>
    public static bool IsTakeOverType(string type) => type is Continued or Restarted;

    /// <summary>Reads an event.</summary>
    /// <exception cref="JsonException">It is no JSON, or lacks what every event has.</exception>
    public static JournalEvent Parse(Frame frame)
    {
        var json = frame.Json;
        if (Read(json, "type") != frame.Type)
        {
            throw new JsonException($"The frame's type is {frame.Type}, its data's is not.");
        }

        return new JournalEvent(
            json.TryGetProperty("sequence", out var sequence) ? sequence.GetInt64() : throw new JsonException("No sequence."),
            frame.Type,
            Read(json, "message"),
            Read(json, "parent"),
            Read(json, "role"),
            Read(json, "text") ?? Read(json, "content"),
            json.TryGetProperty("attempt", out var attempt) ? attempt.GetInt32() : 0);
    }

    private static string? Read(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
