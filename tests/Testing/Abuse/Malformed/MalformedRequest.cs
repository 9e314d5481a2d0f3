namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>A request that nobody should get more than a 4xx for.</summary>
/// <param name="Number">Its place among those of its seed, by which it can be made again.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Operation">What it asks for.</param>
/// <param name="Bytes">The request.</param>
public sealed record MalformedRequest(int Number, string Fault, string Operation, ReadOnlyMemory<byte> Bytes);
