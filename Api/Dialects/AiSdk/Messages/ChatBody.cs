using System.Text.Json.Serialization;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>The body of <c>POST /api/chat</c>. What else an application puts there is passed over.</summary>
internal sealed record ChatBody : ChatSettings
{
    /// <summary>What the body looks like.</summary>
    public const string Shape =
        "{\"id\"?: text, \"messages\": [{\"id\"?, \"role\": \"user\" | \"assistant\" | \"system\", \"parts\": […]}, …] | \"message\": the last of them, "
        + "\"trigger\"?: \"submit-message\" | \"regenerate-message\", \"messageId\"?, \"onBusy\"?: \"reject\" | \"queue\" | \"interrupt\" | \"rollback\", "
        + SettingsShape + "}";

    /// <summary>The longest id of a chat or message.</summary>
    public const int LongestId = 128;

    /// <summary>The chat's id, which is the client's own; null for a request that stands alone.</summary>
    public string? Id { get; init; }

    /// <summary>The messages as the client has them.</summary>
    public IReadOnlyList<UiMessage>? Messages { get; init; }

    /// <summary>The last of them, from clients that send no others.</summary>
    public UiMessage? Message { get; init; }

    /// <summary>What is wanted.</summary>
    public string? Trigger { get; init; }

    /// <summary>The message that was edited, or is to be made anew, or goes on.</summary>
    [JsonPropertyName("messageId")]
    public string? MessageId { get; init; }

    /// <summary>What to do while a reply runs; null for what the client's messages suggest.</summary>
    [JsonPropertyName("onBusy")]
    public BusyPolicy? OnBusy { get; init; }

    /// <summary>Whether another reply is wanted.</summary>
    [JsonIgnore]
    public bool IsRegeneration => Trigger == "regenerate-message";

    /// <summary>The last message; null where there is none.</summary>
    [JsonIgnore]
    public UiMessage? Last => Message ?? (Messages is { Count: > 0 } ? Messages[^1] : null);

    /// <summary>Where that stands.</summary>
    [JsonIgnore]
    public string LastPlace => Message is null ? $"messages[{Messages!.Count - 1}]" : "message";

    /// <summary>Checks what JSON alone cannot.</summary>
    /// <exception cref="Errors.InvalidRequestException">Something is not allowed; the message names it.</exception>
    public void Validate()
    {
        if (Id is not null && !ChatId.IsAllowed(Id))
        {
            throw RequestReading.Invalid($"'id' is 1 to {LongestId} characters, without /, % and control characters.");
        }

        if (Trigger is not (null or "submit-message" or "regenerate-message"))
        {
            throw RequestReading.Invalid("'trigger' is \"submit-message\" or \"regenerate-message\".");
        }

        if (Message is not null && Messages is not null)
        {
            throw RequestReading.Invalid("The body has 'messages' or 'message', not both.");
        }

        if (Last is null && !IsRegeneration)
        {
            throw RequestReading.Invalid("'messages' has 0 messages; the last of them is what is replied to.");
        }

        Rules.Optional("messageId", MessageId, LongestId);
        for (var i = 0; i < Messages?.Count; i++)
        {
            Check($"messages[{i}]", Messages[i]);
        }

        if (Message is not null)
        {
            Check("message", Message);
        }
    }

    private static void Check(string place, UiMessage? message)
    {
        if (message is not { Role: "user" or "assistant" or "system" })
        {
            throw RequestReading.Invalid($"'{place}.role' is \"user\", \"assistant\" or \"system\".");
        }

        Rules.Optional($"{place}.id", message.Id, LongestId);
        if (message.Parts is null || message.Parts.Any(part => part?.Type is null))
        {
            throw RequestReading.Invalid($"'{place}.parts' is a list of parts, each with a 'type': {{\"type\": \"text\", \"text\"}}, {{\"type\": \"file\", \"mediaType\", \"url\"}} and others.");
        }
    }
}
