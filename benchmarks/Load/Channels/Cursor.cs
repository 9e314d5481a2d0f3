namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>How far a reader has come.</summary>
/// <param name="LastEventId">Of the last whole event; empty before the first, and where events have no ids.</param>
/// <param name="Characters">Of all whole events.</param>
internal readonly record struct Cursor(string LastEventId, long Characters);
