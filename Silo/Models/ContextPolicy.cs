namespace OrleansChat.Models;

/// <summary>What becomes of the oldest turns of a conversation that does not fit into a model's window.</summary>
internal enum ContextPolicy
{
    /// <summary>The model is not shown them.</summary>
    Drop,

    /// <summary>The model is shown a summary of them. Costs a request to a model every now and then; where that fails, they are dropped.</summary>
    Summarize,
}
