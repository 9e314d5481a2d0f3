namespace OrleansChat.Benchmarks.Load.Replies;

/// <summary>The model server itself: the floor under every other figure.</summary>
internal sealed class DirectReplies(ServerAddress server) : ReplyTarget
{
    public override ReadOnlyMemory<byte> EndMarker { get; } = "[DONE]"u8.ToArray();

    public override ValueTask<Request> PrepareAsync(string prompt) => new(server.Post(
        "/v1/chat/completions",
        $$"""{"model":"bench","stream":true,"messages":[{"role":"user","content":"{{prompt}}"}]}"""));
}
