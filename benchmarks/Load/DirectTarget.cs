namespace OrleansChat.Benchmarks.Load;

/// <summary>The model server itself: the floor under every other figure.</summary>
internal sealed class DirectTarget(Uri url, string header) : Target(url, header)
{
    public override ReadOnlyMemory<byte> EndMarker { get; } = "[DONE]"u8.ToArray();

    public override ValueTask<byte[]> PrepareAsync(string prompt) => new(Post(
        "/v1/chat/completions",
        $$"""{"model":"bench","stream":true,"messages":[{"role":"user","content":"{{prompt}}"}]}"""));
}
