using System.Collections.Immutable;
using OrleansChat.Requests;

namespace OrleansChat.Documentation;

/// <summary>What is said of operations of several dialects.</summary>
internal static class CommonNotes
{
    /// <summary>That a request can be repeated.</summary>
    public const string Repeating = "With an `Idempotency-Key` the same request attaches to what it started.";

    /// <summary>Parameters of operations that ask in the address.</summary>
    public static readonly ImmutableDictionary<string, string> Asking = ImmutableDictionary<string, string>.Empty
        .Add("prompt", $"What to ask, 1 to {Limits.Content} characters.")
        .Add("message", $"What to ask, 1 to {Limits.Content} characters.")
        .Add("model", $"The model to reply, up to {Limits.Model} characters; the default one if it is missing.");
}
