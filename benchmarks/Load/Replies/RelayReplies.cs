namespace OrleansChat.Benchmarks.Load.Replies;

/// <summary>The baselines, all of which have the same API: a question is answered by its reply, and nothing is stored.</summary>
internal sealed class RelayReplies(ServerAddress server) : ReplyTarget
{
    public override ReadOnlyMemory<byte> EndMarker { get; } = "[DONE]"u8.ToArray();

    public override ValueTask<Request> PrepareAsync(string prompt) => new(server.Post("/chat", $$"""{"content":"{{prompt}}"}"""));
}
