using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>POST /conversations/{id}/messages</c>.</summary>
internal sealed record SendMessageBody : IRequestBody<SendMessageBody>
{
    public static string Shape => 
        $"{{\"content\": text of 1 to {Limits.Content}, \"model\"?: text, \"parent\"?: a message's id or null, {TurnResults.OnBusyShape}}}";

    public static JsonTypeInfo<SendMessageBody> TypeInfo => ApiJson.Default.SendMessageBody;

    /// <summary>What the user says.</summary>
    public string? Content { get; set; }

    /// <summary>The model to reply this time.</summary>
    public string? Model { get; set; }

    /// <summary>The message to follow; null to begin anew.</summary>
    public string? Parent
    {
        get;
        set
        {
            field = value;
            HasParent = true;
        }
    }

    /// <summary>What to do while a reply runs.</summary>
    public BusyPolicy OnBusy { get; set; }

    /// <summary>Whether the body has a parent, be it null.</summary>
    [JsonIgnore]
    public bool HasParent { get; private set; }

    public void Validate()
    {
        Rules.Required("content", Content, Limits.Content);
        Rules.Optional("model", Model, Limits.Model);
    }

    /// <summary>The request to the grain.</summary>
    public SendMessage ToRequest(RequestKey? key, IfMatch expected) => new(Content!, Model, key?.Value)
    {
        Fingerprint = key?.Fingerprint,
        HasParent = HasParent,
        Parent = Parent,
        OnBusy = OnBusy,
        Expected = expected.Heads,
    };
}
