namespace OrleansChat.Models.Responses;

/// <summary>The types of events in a Responses stream that this product reads.</summary>
internal enum ResponsesEventKind
{
    /// <summary>One that says nothing new, or that this product does not know.</summary>
    Other,

    /// <summary><c>response.output_text.delta</c>.</summary>
    Text,

    /// <summary><c>response.reasoning_summary_text.delta</c>, and <c>response.reasoning_text.delta</c> of open models.</summary>
    Reasoning,

    /// <summary><c>response.refusal.delta</c>.</summary>
    Refusal,

    /// <summary><c>response.output_item.added</c>.</summary>
    ItemAdded,

    /// <summary><c>response.output_item.done</c>.</summary>
    ItemDone,

    /// <summary><c>response.function_call_arguments.delta</c>.</summary>
    Arguments,

    /// <summary><c>response.completed</c>.</summary>
    Completed,

    /// <summary><c>response.incomplete</c>.</summary>
    Incomplete,

    /// <summary><c>response.failed</c>, and <c>error</c>.</summary>
    Failed,

    /// <summary><c>response.cancelled</c>.</summary>
    Cancelled,
}
