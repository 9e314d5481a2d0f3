namespace OrleansChat.Benchmarks.Load.Replies;

/// <summary>OrleansChat's native API: a conversation is created, then a message posted and its reply read from the same response.</summary>
internal sealed class OrleansChatReplies(ServerAddress server) : ReplyTarget
{
    private readonly OrleansChatApi api = new(server);

    public override ReadOnlyMemory<byte> EndMarker { get; } = "event: reply.completed"u8.ToArray();

    public override async ValueTask<Request> PrepareAsync(string prompt) =>
        server.Post($"/conversations/{await api.NextConversationAsync()}/messages", $$"""{"content":"{{prompt}}"}""");

    protected override void Dispose(bool disposing)
    {
        api.Dispose();
        base.Dispose(disposing);
    }
}
