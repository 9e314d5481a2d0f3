namespace OrleansChat.Context;

/// <summary>What of a conversation is kept: what is of the system, and everything from a message on.</summary>
/// <param name="Start">The index from which on everything is kept.</param>
/// <param name="Tokens">How many tokens that is.</param>
/// <param name="Fits">Whether it fits. Where it does not, it is the least that may be kept.</param>
internal readonly record struct ContextFit(int Start, long Tokens, bool Fits);
