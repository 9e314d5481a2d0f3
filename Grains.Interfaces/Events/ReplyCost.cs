namespace OrleansChat.Events;

/// <summary>What a reply cost in money, by the prices that its model had when it ended.</summary>
/// <param name="Amount">How much, 0 or more; exact, not rounded.</param>
/// <param name="Currency">Of which currency, as the configuration names it, for example <c>USD</c>.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ReplyCost")]
public sealed record ReplyCost([property: Id(0)] decimal Amount, [property: Id(1)] string Currency);
