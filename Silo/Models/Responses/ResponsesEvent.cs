using Microsoft.Extensions.AI;
using OrleansChat.Models.OpenAI;

namespace OrleansChat.Models.Responses;

/// <summary>What one event of a Responses stream says, as far as this product reads it.</summary>
internal struct ResponsesEvent
{
    /// <summary>What it is.</summary>
    public ResponsesEventKind Kind { get; set; }

    /// <summary>Its number in the stream; null where the server does not number its events.</summary>
    public long? Number { get; set; }

    /// <summary>The response's id; null where the event does not say.</summary>
    public string? ResponseId { get; set; }

    /// <summary>Which item of the output it belongs to.</summary>
    public int Item { get; set; }

    /// <summary>What it adds; null where it adds nothing.</summary>
    public string? Delta { get; set; }

    /// <summary>Whether the item is a call of a function.</summary>
    public bool IsCall { get; set; }

    /// <summary>The call's id; null elsewhere.</summary>
    public string? CallId { get; set; }

    /// <summary>The name of the function that is called; null elsewhere.</summary>
    public string? Name { get; set; }

    /// <summary>All arguments of a call that is done; null or empty elsewhere.</summary>
    public string? Arguments { get; set; }

    /// <summary>Why the response is not complete; null where it is, or nobody knows.</summary>
    public string? IncompleteReason { get; set; }

    /// <summary>What the response has cost; null where it does not say.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>What went wrong; null where nothing did, or nobody knows what.</summary>
    public UpstreamError? Error { get; set; }
}
