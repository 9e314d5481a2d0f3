namespace OrleansChat.Benchmarks.Servers;

/// <summary>A target cannot be had on this machine; the message says why. The others are measured all the same.</summary>
internal sealed class UnavailableException(string message) : Exception(message);
