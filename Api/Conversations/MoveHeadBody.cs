using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>PUT /conversations/{id}/head</c>.</summary>
internal sealed record MoveHeadBody : IRequestBody<MoveHeadBody>
{
    public static string Shape => "{\"message\": a message's id, \"to_leaf\"?: true to go on to the newest message after it}";

    public static JsonTypeInfo<MoveHeadBody> TypeInfo => ApiJson.Default.MoveHeadBody;

    /// <summary>The message that the active branch is to end with, or lead through.</summary>
    public string? Message { get; init; }

    /// <summary>Whether to follow the branch to its end.</summary>
    public bool ToLeaf { get; init; }

    public void Validate() => Rules.Required("message", Message, Limits.MessageId);

    /// <summary>The request to the grain.</summary>
    public MoveHead ToRequest(IfMatch expected) => new(Message!, ToLeaf, expected.Heads);
}
