using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Edge;
using OrleansChat.Errors;

namespace OrleansChat.Requests;

/// <summary>
/// What the bodies of requests take of this node's memory, kept within <see cref="EdgeLimitOptions.BodyMemory"/>. Most bodies are small, and always have room;
/// whoever sends large ones, slowly and many at a time, leaves room for others.
/// </summary>
internal sealed class BodyMemory(IOptions<EdgeLimitOptions> options)
{
    /// <summary>Bodies of up to so many bytes do not count.</summary>
    public const int Free = 64 * 1024;

    private const int SharesOfOwner = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<OwnerId, long> byOwner = [];
    private long taken;

    /// <summary>How many bytes are taken.</summary>
    public long Taken
    {
        get
        {
            lock (gate)
            {
                return taken;
            }
        }
    }

    /// <summary>Takes bytes, until <see cref="Return"/>.</summary>
    /// <exception cref="BusyException">There are not so many.</exception>
    public void Take(OwnerId owner, int bytes)
    {
        lock (gate)
        {
            var most = options.Value.BodyMemory;
            var ofOwner = byOwner.GetValueOrDefault(owner) + bytes;
            if (ofOwner > Math.Max(most / SharesOfOwner, Limits.ImportBytes))
            {
                throw new BusyException("The bodies of your requests take as much memory as one caller may have. Send fewer large ones at a time.");
            }

            if (taken + bytes > most)
            {
                throw new BusyException("The bodies of requests take all the memory that they may have here. Try again in a moment.");
            }

            taken += bytes;
            byOwner[owner] = ofOwner;
        }
    }

    /// <summary>Returns bytes that were taken.</summary>
    public void Return(OwnerId owner, int bytes)
    {
        lock (gate)
        {
            taken -= bytes;
            var left = byOwner.GetValueOrDefault(owner) - bytes;
            if (left > 0)
            {
                byOwner[owner] = left;
            }
            else
            {
                byOwner.Remove(owner);
            }
        }
    }
}
