using OrleansChat.Conversations;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A random request to store messages without a reply.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Target">What the first follows: "" for nothing, null for the head.</param>
/// <param name="Key">The request's name.</param>
/// <param name="Fingerprint">What it stands for.</param>
internal sealed record RandomAppend(IReadOnlyList<RandomPast> Messages, string? Target, string Key, string Fingerprint)
{
    public AppendMessages ToRequest() => new([.. Messages.Select(message => message.ToPast())])
    {
        Request = Key,
        Fingerprint = Fingerprint,
        HasParent = Target is not null,
        Parent = Target is "" ? null : Target,
    };

    public override string ToString() => $"[{string.Join(", ", Messages)}] after {Target ?? "the head"} as {Key} {Fingerprint}";
}
