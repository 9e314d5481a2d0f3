namespace OrleansChat.Edge.Connections;

/// <summary>How many connections a process has at most.</summary>
/// <param name="Served">How many are served.</param>
/// <param name="All">How many there may be with those that are only told that there is no room.</param>
internal readonly record struct ConnectionLimits(int Served, int All)
{
    /// <summary>The limits of a process.</summary>
    /// <param name="wanted">How many connections are to be served.</param>
    /// <param name="files">How many files the process may open: connections have no more than half of them.</param>
    public static ConnectionLimits For(int wanted, long files)
    {
        var most = (int)Math.Min(files / 2, int.MaxValue / 2);
        var reserve = Math.Min(Math.Max(64, Math.Min(wanted, most) / 20), Math.Max(1, most / 4));
        var served = Math.Max(1, Math.Min(wanted, most - reserve));
        return new ConnectionLimits(served, served + reserve);
    }
}
