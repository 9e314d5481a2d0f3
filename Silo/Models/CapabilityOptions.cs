namespace OrleansChat.Models;

/// <summary>What a model can do, bound from <c>Models:{name}:Capabilities</c>. No request is refused for it; the endpoint knows best.</summary>
internal sealed class CapabilityOptions
{
    /// <summary>
    /// Whether the endpoint takes a last message of the assistant for the beginning of its answer. Default: whether
    /// <see cref="ModelOptions.TakeOver"/> is <c>Continue</c>; and that is what decides what is done.
    /// </summary>
    public bool? Continuation { get; set; }

    /// <summary>
    /// Whether the endpoint goes on with an answer that nobody reads, which only <c>openai-responses</c> can. Default: whether
    /// <see cref="ModelOptions.TakeOver"/> is <c>Reattach</c>; and that is what decides what is done.
    /// </summary>
    public bool? Background { get; set; }

    /// <summary>Whether the model can call tools. Default true. A fallback that cannot gets no request that has some.</summary>
    public bool? Tools { get; set; }

    /// <summary>Whether the model can see images. Default true. A fallback that cannot gets no request that has some.</summary>
    public bool? Images { get; set; }
}
