namespace OrleansChat.Benchmarks.Load.Replies;

/// <summary>What the clients need to know of a server: how to ask for a reply, and how it says that the reply is complete.</summary>
internal abstract class ReplyTarget : IDisposable
{
    /// <summary>Bytes without which a stream was cut off, however clean its end.</summary>
    public abstract ReadOnlyMemory<byte> EndMarker { get; }

    public static ReplyTarget Create(string name, ServerAddress server) => name switch
    {
        "direct" => new DirectReplies(server),
        "orleanschat" => new OrleansChatReplies(server),
        _ => new RelayReplies(server),
    };

    /// <summary>Does all that precedes the question, and is not measured.</summary>
    /// <returns>The question.</returns>
    public abstract ValueTask<Request> PrepareAsync(string prompt);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
