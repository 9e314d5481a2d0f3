using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Contents;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>POST /conversations/{id}/messages</c>.</summary>
internal sealed record SendMessageBody : IRequestBody<SendMessageBody>
{
    public static string Shape =>
        $"{{\"content\": text of 1 to {Limits.Content} | \"parts\": [{PartRules.Shape}, …] | \"tool_results\": [{PartRules.ResultShape}, …], "
        + $"\"model\"?: text, \"parent\"?: a message's id or null, {OptionRules.Shape}, {TurnResults.OnBusyShape}}}";

    public static JsonTypeInfo<SendMessageBody> TypeInfo => ApiJson.Default.SendMessageBody;

    /// <summary>What the user says, in text.</summary>
    public string? Content { get; set; }

    /// <summary>What the user says, in text and images.</summary>
    public ImmutableArray<ContentPart>? Parts { get; set; }

    /// <summary>What tools have answered to the reply that the message follows.</summary>
    public ImmutableArray<ToolResult>? ToolResults { get; set; }

    /// <summary>How the reply is to be made.</summary>
    public GenerationOptions? Options { get; set; }

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
        if (new object?[] { Content, Parts, ToolResults }.Count(given => given is not null) > 1)
        {
            throw RequestReading.Invalid("A message has one of 'content', 'parts' and 'tool_results'.");
        }

        if (Parts is { } parts)
        {
            PartRules.Check("parts", parts, Limits.Content);
        }
        else if (ToolResults is { } results)
        {
            PartRules.Check("tool_results", results, Limits.Content);
        }
        else
        {
            Rules.Required("content", Content, Limits.Content);
        }

        Rules.Optional("model", Model, Limits.Model);
        OptionRules.Check("options", Options);
    }

    /// <summary>The request to the grain.</summary>
    public SendMessage ToRequest(RequestKey? key, IfMatch expected) => new(Parts is { } parts ? PartRules.TextOf(parts) : Content ?? "", Model, key?.Value)
    {
        Parts = PartRules.Beyond(Parts),
        ToolResults = ToolResults ?? [],
        Options = OptionRules.OrNull(Options),
        Fingerprint = key?.Fingerprint,
        HasParent = HasParent,
        Parent = Parent,
        OnBusy = OnBusy,
        Expected = expected.Heads,
    };
}
