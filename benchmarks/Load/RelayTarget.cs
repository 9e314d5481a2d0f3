namespace OrleansChat.Benchmarks.Load;

/// <summary>The baseline.</summary>
internal sealed class RelayTarget(Uri url, string header) : Target(url, header)
{
    public override ReadOnlyMemory<byte> EndMarker { get; } = "[DONE]"u8.ToArray();

    public override ValueTask<byte[]> PrepareAsync(string prompt) => new(Post("/chat", $$"""{"content":"{{prompt}}"}"""));
}
