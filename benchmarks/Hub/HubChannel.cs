using System.Text;
using System.Threading.Channels;

namespace OrleansChat.Benchmarks.Hub;

/// <summary>Who follows a reply, and its latest events.</summary>
internal sealed class HubChannel
{
    // Half a minute of a reply: enough for who comes back at once.
    private const int Remembered = 1000;

    private readonly Lock gate = new();
    private readonly Queue<(long Id, byte[] Frame)> latest = new(Remembered);
    private readonly HashSet<ChannelWriter<byte[]>> followers = [];
    private long last;

    /// <summary>Sends an event to everybody; the frame is made once.</summary>
    public void Publish(string data)
    {
        lock (gate)
        {
            var frame = Encoding.UTF8.GetBytes($"id: {++last}\ndata: {data}\n\n");
            if (latest.Count == Remembered)
            {
                latest.Dequeue();
            }

            latest.Enqueue((last, frame));
            foreach (var follower in followers)
            {
                follower.TryWrite(frame);
            }
        }
    }

    /// <summary>Begins to follow after a cursor.</summary>
    public Channel<byte[]> Join(long after)
    {
        var channel = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        lock (gate)
        {
            foreach (var (_, frame) in latest.Where(item => item.Id > after))
            {
                channel.Writer.TryWrite(frame);
            }

            followers.Add(channel.Writer);
        }

        return channel;
    }

    public void Leave(Channel<byte[]> channel)
    {
        lock (gate)
        {
            followers.Remove(channel.Writer);
        }
    }
}
