namespace OrleansChat.Benchmarks;

/// <summary>Something that only the person at the keyboard can put right; the message says what.</summary>
internal sealed class UsageException(string message) : Exception(message);
