using System.Text.Json.Serialization;

namespace OrleansChat.Chaos.Invariants;

/// <summary>What can be wrong with what clients got.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ViolationKind>))]
internal enum ViolationKind
{
    /// <summary>A message that was answered with 202 is not in the journal, or not as it was answered.</summary>
    AcceptedLost,

    /// <summary>An event of the journal was left out.</summary>
    Lost,

    /// <summary>An event came twice.</summary>
    Doubled,

    /// <summary>An event came after a later one.</summary>
    Reordered,

    /// <summary>Two readers, or a reader and the journal, were told different things under one sequence; or what was seen was taken back.</summary>
    Diverged,

    /// <summary>The events tell no possible story: a delta of a reply that does not run, two replies at once, an end of nothing.</summary>
    Impossible,

    /// <summary>A reply ended twice.</summary>
    EndedTwice,

    /// <summary>A reply has not ended within its time.</summary>
    Stuck,

    /// <summary>A completed reply is not what the model says to that conversation.</summary>
    WrongText,

    /// <summary>A stream was answered with a status that makes an EventSource give up for good.</summary>
    StreamClosed,

    /// <summary>A stream was no stream of server-sent events, or fell silent without a heartbeat.</summary>
    BrokenStream,

    /// <summary>A request was answered with an error, or not at all, where none may be.</summary>
    RequestFailed,

    /// <summary>A process ended, or did not start or stop as told.</summary>
    Process,

    /// <summary>Memory or connections grew, or a time was exceeded.</summary>
    Limit,
}
