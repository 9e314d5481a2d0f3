namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>What readers need to know of a server whose streams many can follow, and take up again where they were cut off.</summary>
internal abstract class ChannelTarget : IDisposable
{
    /// <summary>Bytes without which a stream was cut off, however clean its end.</summary>
    public abstract ReadOnlyMemory<byte> EndMarker { get; }

    public static ChannelTarget Create(string name, ServerAddress server) => name switch
    {
        "orleanschat" => new OrleansChatChannels(server),
        "hub" => new PlainChannels(server, "/channels"),
        "nchan" => new PlainChannels(server, "/follow"),
        "resumable-stream" => new ResumableStreamChannels(server),
        _ => new IdleChannels(server),
    };

    /// <summary>Makes a stream to which nothing has been sent yet.</summary>
    public abstract ValueTask<string> CreateAsync();

    /// <summary>Has the model speak to a stream.</summary>
    public abstract Task StartAsync(string channel, string prompt);

    /// <summary>How to follow a stream.</summary>
    public abstract Request Follow(string channel, Cursor cursor);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
