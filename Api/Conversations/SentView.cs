using System.Text.Json.Serialization;

namespace OrleansChat.Conversations;

/// <summary>What a caller gets for a message, or another reply, that was accepted.</summary>
/// <param name="Message">The message's id.</param>
/// <param name="Reply">The reply's id; null for a message in the queue, whose reply gets its id when it starts, and where other tools are waited for.</param>
/// <param name="Queued">Whether it waits for other replies to end.</param>
/// <param name="Sequence">The sequence of the event that stored it.</param>
/// <param name="EventsUrl">Where everything after that can be followed.</param>
/// <param name="OpenToolCalls">The calls that the reply waits for, after answers of some tools; missing where it waits for none.</param>
internal sealed record SentView(
    string Message,
    string? Reply,
    bool Queued,
    long Sequence,
    string EventsUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? OpenToolCalls = null);
