using OrleansChat.Contents;
using OrleansChat.Conversations;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A random request for a reply, from which both sides make what they understand.</summary>
/// <param name="Content">What is said; null for another reply to <paramref name="Target"/>.</param>
/// <param name="Target">The parent of a message ("" for a new root, null for the head), or what to regenerate.</param>
/// <param name="Model">The model, or null.</param>
/// <param name="Key">The request's name.</param>
/// <param name="Fingerprint">What it stands for.</param>
/// <param name="OnBusy">What to do while a reply runs.</param>
/// <param name="Expected">The head that is expected, or null.</param>
/// <param name="Answers">The tool calls that are answered instead of something being said, or null.</param>
internal sealed record RandomRequest(
    string? Content, string? Target, string? Model, string Key, string Fingerprint, BusyPolicy OnBusy, string? Expected, IReadOnlyList<string>? Answers = null)
{
    /// <summary>What comes before the message.</summary>
    public IReadOnlyList<RandomPast> Preceding { get; init; } = [];

    /// <summary>Whether the message is the system's.</summary>
    public bool IsSystem { get; init; }

    public string Role => Answers is not null ? "tool" : IsSystem ? "system" : "user";

    public Turn ToTurn() => Content is null
        ? Turn.Of(new RegenerateReply(Target!, Model)
        {
            Request = Key, Fingerprint = Fingerprint, OnBusy = OnBusy, Expected = Expected is null ? [] : [Expected],
        })
        : Turn.Of(new SendMessage(Content, Model, Key)
        {
            ToolResults = [.. (Answers ?? []).Select(call => new ToolResult(call, "42"))],
            Fingerprint = Fingerprint,
            HasParent = Target is not null,
            Parent = Target is "" ? null : Target,
            OnBusy = OnBusy,
            Expected = Expected is null ? [] : [Expected],
            Preceding = [.. Preceding.Select(message => message.ToPast())],
            Role = IsSystem ? MessageRole.System : MessageRole.User,
        });
}
