namespace OrleansChat.Keys;

/// <summary>Whoever gave the command made a mistake. The message says which, and what is allowed.</summary>
internal sealed class KeysCommandException(string message) : Exception(message);
