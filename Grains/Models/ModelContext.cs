namespace OrleansChat.Models;

/// <summary>How conversations are fitted to a model's window.</summary>
/// <param name="Window">How many tokens the model takes, prompt and answer together.</param>
/// <param name="ReservedOutput">How many of them are kept free for the answer; less than <paramref name="Window"/>.</param>
/// <param name="SummaryModel">The name of the model that summarises what is left out; null where it is just left out.</param>
public sealed record ModelContext(int Window, int ReservedOutput, string? SummaryModel = null);
