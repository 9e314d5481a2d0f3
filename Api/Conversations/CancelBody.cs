using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>POST /conversations/{id}/cancel</c>, which may be missing.</summary>
internal sealed record CancelBody : IRequestBody<CancelBody>
{
    public static string Shape => "{\"at\"?: the sequence of the last event to keep, \"reply\"?: the id of the reply to stop}";

    public static JsonTypeInfo<CancelBody> TypeInfo => ApiJson.Default.CancelBody;

    /// <summary>The sequence of the last event whose text is to remain.</summary>
    public long? At { get; init; }

    /// <summary>The reply to stop; missing for whichever runs.</summary>
    public string? Reply { get; init; }

    public void Validate()
    {
        if (At < 1)
        {
            throw RequestReading.Invalid("'at' is the sequence of an event of the running reply: a whole number, 1 or more.");
        }

        Rules.Optional("reply", Reply, Limits.MessageId);
    }

    /// <summary>The request to the grain.</summary>
    public CancelReply ToRequest() => new(At, Reply);
}
