using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>A change of a conversation's attributes. An attribute whose <c>Set…</c> flag is false stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.UpdateConversation")]
public sealed record UpdateConversation
{
    /// <summary>Whether <see cref="Title"/> replaces the title.</summary>
    [Id(0)]
    public bool SetTitle { get; init; }

    /// <summary>The new title; null removes it.</summary>
    [Id(1)]
    public string? Title { get; init; }

    /// <summary>The new model's name; null leaves the model as it is.</summary>
    [Id(2)]
    public string? Model { get; init; }

    /// <summary>Whether <see cref="System"/> replaces the system prompt.</summary>
    [Id(3)]
    public bool SetSystem { get; init; }

    /// <summary>The new system prompt; null removes it.</summary>
    [Id(4)]
    public string? System { get; init; }

    /// <summary>The new metadata, which replace the old ones as a whole; null leaves them as they are.</summary>
    [Id(5)]
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(UpdateConversation);
}
