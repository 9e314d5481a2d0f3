using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace OrleansChat.Edge.Connections;

/// <summary>A connection as <see cref="ConnectionGate"/> counts it. All but its identity is guarded by the gate.</summary>
internal sealed class ConnectionSlot
{
    private readonly ConnectionContext connection;

    /// <summary>Counts a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="since">When it came, by the clock's timestamp.</param>
    public ConnectionSlot(ConnectionContext connection, long since)
    {
        (this.connection, Since) = (connection, since);
        Place = new LinkedListNode<ConnectionSlot>(this);
    }

    /// <summary>Its place among those without a request, or among those that are to leave.</summary>
    public LinkedListNode<ConnectionSlot> Place { get; }

    /// <summary>When it came, by the clock's timestamp.</summary>
    public long Since { get; }

    /// <summary>Whether it has ever asked for anything.</summary>
    public bool HasAsked { get; set; }

    /// <summary>How many requests it has under way: with HTTP/2 there can be several.</summary>
    public int Requests { get; set; }

    /// <summary>Whether there was no room for it: its requests are answered with that.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Whether it is to end with the request that it has under way, if any.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether it was ended as it was, to make room, and has only not left yet.</summary>
    public bool IsAborted { get; set; }

    /// <summary>What ends it if it does not end by itself; null where nothing has to.</summary>
    public ITimer? Deadline { get; set; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Has it take no further request; between two it ends at once.</summary>
    public void RequestClose() => connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    /// <summary>Ends it as it is.</summary>
    public void Abort(string reason) => connection.Abort(new ConnectionAbortedException(reason));
}
