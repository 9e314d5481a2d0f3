using System.Text.Json.Serialization.Metadata;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>POST /conversations/{id}/messages/{message}/regenerate</c>, which may be missing.</summary>
internal sealed record RegenerateBody : IRequestBody<RegenerateBody>
{
    public static string Shape => $"{{\"model\"?: text, {OptionRules.Shape}, {TurnResults.OnBusyShape}}}";

    public static JsonTypeInfo<RegenerateBody> TypeInfo => ApiJson.Default.RegenerateBody;

    /// <summary>The model to reply this time.</summary>
    public string? Model { get; init; }

    /// <summary>How the reply is to be made.</summary>
    public GenerationOptions? Options { get; init; }

    /// <summary>What to do while a reply runs.</summary>
    public BusyPolicy OnBusy { get; init; }

    public void Validate()
    {
        Rules.Optional("model", Model, Limits.Model);
        OptionRules.Check("options", Options);
    }

    /// <summary>The request to the grain.</summary>
    public RegenerateReply ToRequest(string message, RequestKey? key, IfMatch expected) => new(message, Model)
    {
        Request = key?.Value,
        Fingerprint = key?.Fingerprint,
        OnBusy = OnBusy,
        Expected = expected.Heads,
        Options = OptionRules.OrNull(Options),
    };
}
