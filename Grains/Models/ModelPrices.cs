namespace OrleansChat.Models;

/// <summary>What a model's tokens cost, per million.</summary>
/// <param name="Input">Tokens that it reads.</param>
/// <param name="CachedInput">Tokens that it reads out of its provider's cache.</param>
/// <param name="Output">Tokens that it writes, those of its thoughts included.</param>
/// <param name="Currency">In which currency, by its three letters in ISO 4217.</param>
public sealed record ModelPrices(decimal Input, decimal CachedInput, decimal Output, string Currency);
