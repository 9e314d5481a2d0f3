namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>resumable-stream, whose readers say how many characters they have.</summary>
internal sealed class ResumableStreamChannels(ServerAddress server) : PlainChannels(server, "/channels")
{
    public override Request Follow(string channel, Cursor cursor) => Server.Get($"/channels/{channel}?resumeAt={cursor.Characters}", "");
}
