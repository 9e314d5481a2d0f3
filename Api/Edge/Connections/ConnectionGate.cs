using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OrleansChat.Edge.Connections;

/// <summary>
/// Counts the server's connections, and keeps them within their limit. Who only holds a connection open cannot keep others out: whichever has
/// been without a request for the longest time makes room. Where all have one, a new connection is taken to be told so, up to a reserve; beyond
/// that those that are to leave do so at once, and where there are none of them it is closed. So it is with an address that has as many as it may: a few more are told so, and the rest take no room from anybody.
/// </summary>
internal sealed partial class ConnectionGate
{
    // A connection that has sent half a request, or half a handshake, does not end by being asked to.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    // Who is to be told that there is no room has this long to ask.
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WarningPeriod = TimeSpan.FromMinutes(1);

    private const string NeedingRoom = "Others need the connection.";

    private readonly Lock gate = new();
    private readonly LinkedList<ConnectionSlot> idle = new();

    // Those that were told to go, or are about to be told that there is no room, and have nothing under way.
    private readonly LinkedList<ConnectionSlot> leaving = new();
    private readonly AddressCounts byAddress;
    private readonly ConnectionLimits limits;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private int open;

    // Those of them that were ended to make room and have not left yet: no more than the reserve.
    private int aborted;
    private DateTimeOffset nextWarning;

    public ConnectionGate(IOptions<EdgeLimitOptions> options, TimeProvider clock, ILogger<ConnectionGate> logger)
    {
        (this.clock, this.logger) = (clock, logger);
        var files = OpenFileLimit.Read();
        limits = ConnectionLimits.For(options.Value.Connections, files);
        byAddress = new AddressCounts(options.Value.ConnectionsPerAddress);
        if (limits.Served < options.Value.Connections)
        {
            LogFewFiles(logger, options.Value.Connections, limits.Served, files);
        }
    }

    /// <summary>How many connections there are, those included that are being closed, or told that there is no room.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Serves a connection, if there is room.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Enter(connection) is not { } slot)
        {
            connection.Abort(new ConnectionAbortedException("There are too many connections."));
            return;
        }

        connection.Features.Set(slot);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(slot, connection);
        }
    }

    /// <summary>A request of a connection begins. Every call is followed by one of <see cref="EndRequest"/>.</summary>
    public void BeginRequest(ConnectionSlot slot)
    {
        lock (gate)
        {
            if (slot.Requests++ == 0)
            {
                slot.Place.List?.Remove(slot.Place);
            }
        }
    }

    /// <summary>A request of a connection has ended.</summary>
    public void EndRequest(ConnectionSlot slot)
    {
        lock (gate)
        {
            if (--slot.Requests == 0 && slot is { IsClosing: false, IsRefused: false, HasEnded: false })
            {
                idle.AddLast(slot.Place);
            }
        }
    }

    /// <summary>One that there was no room for has asked, and is about to be told so: it leaves with that.</summary>
    public void BeginRefusal(ConnectionSlot slot)
    {
        lock (gate)
        {
            slot.Place.List?.Remove(slot.Place);
        }
    }

    private ConnectionSlot? Enter(ConnectionContext connection)
    {
        var slot = new ConnectionSlot(connection, clock.GetTimestamp());
        ConnectionSlot? evicted = null;
        ConnectionSlot? ended;
        lock (gate)
        {
            var (isTooMany, isFarTooMany) = byAddress.Add(connection);
            if (isFarTooMany || !FindRoom(out ended))
            {
                byAddress.Remove(connection);
                return null;
            }

            slot.IsRefused = isTooMany;
            if (++open - aborted > limits.Served && !slot.IsRefused)
            {
                evicted = idle.First?.Value;
                slot.IsRefused = evicted is null;
                Warn();
            }

            if (evicted is not null)
            {
                idle.RemoveFirst();

                // Who has only just come is about to ask. Closed now he would get no answer at all; but there is not room for many such.
                evicted.IsRefused = !evicted.HasAsked && clock.GetElapsedTime(evicted.Since) < CloseGrace && open - aborted <= (limits.Served + limits.All) / 2;
                evicted.IsClosing = !evicted.IsRefused;
                leaving.AddLast(evicted.Place);
            }

            (slot.IsRefused ? leaving : idle).AddLast(slot.Place);
        }

        ended?.Abort(NeedingRoom);

        if (evicted is not null)
        {
            if (evicted.IsClosing)
            {
                evicted.RequestClose();
            }

            AbortLater(evicted, CloseGrace);
        }

        if (slot.IsRefused)
        {
            AbortLater(slot, RefusalTime);
        }

        return slot;
    }

    private void Leave(ConnectionSlot slot, ConnectionContext connection)
    {
        lock (gate)
        {
            slot.HasEnded = true;
            slot.Deadline?.Dispose();
            slot.Place.List?.Remove(slot.Place);
            open--;
            aborted -= slot.IsAborted ? 1 : 0;
            byAddress.Remove(connection);
        }
    }

    // Where the reserve is full, somebody who is to leave has to go at once; false where nobody is, or so many were ended that they have to be waited for.
    private bool FindRoom(out ConnectionSlot? ended)
    {
        ended = null;
        if (open - aborted < limits.All)
        {
            return true;
        }

        Warn();
        if (leaving.First is not { Value: var slot } || aborted >= limits.All - limits.Served)
        {
            return false;
        }

        leaving.RemoveFirst();
        slot.IsAborted = true;
        aborted++;
        ended = slot;
        return true;
    }

    // One that has ended before is not kept in memory until then.
    private void AbortLater(ConnectionSlot slot, TimeSpan after)
    {
        var deadline = clock.CreateTimer(_ => Abort(slot), state: null, after, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            slot.Deadline = deadline;
            if (slot.HasEnded)
            {
                deadline.Dispose();
            }
        }
    }

    // Never in the middle of a request: whoever has one under way is closed with its end.
    private void Abort(ConnectionSlot slot)
    {
        bool abort;
        lock (gate)
        {
            abort = slot is { HasEnded: false, Requests: 0 };
        }

        if (abort)
        {
            slot.Abort(NeedingRoom);
        }
    }

    private void Warn()
    {
        var now = clock.GetUtcNow();
        if (now >= nextWarning)
        {
            nextWarning = now + WarningPeriod;
            LogFull(logger, limits.Served);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Limits:Connections is {Wanted}, but the process may open {Files} files, of which connections get less than half: {Limit}. Raise the limit of open files (ulimit -n, LimitNOFILE).")]
    private static partial void LogFewFiles(ILogger logger, int wanted, int limit, long files);

    [LoggerMessage(
        LogLevel.Warning, "All {Limit} connections (Limits:Connections) are taken. Those without a request make room for new ones; where there are none, new ones are refused.")]
    private static partial void LogFull(ILogger logger, int limit);
}
