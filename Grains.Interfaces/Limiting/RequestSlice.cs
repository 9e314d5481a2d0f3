namespace OrleansChat.Limiting;

/// <summary>Requests that an API node may let pass without asking again.</summary>
/// <param name="Granted">How many; 0 where the owner has made all that he may in this window.</param>
/// <param name="Left">How many are left for all nodes after these.</param>
/// <param name="EndsIn">When the window ends, and with it what was granted.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.RequestSlice")]
public sealed record RequestSlice([property: Id(0)] int Granted, [property: Id(1)] int Left, [property: Id(2)] TimeSpan EndsIn);
