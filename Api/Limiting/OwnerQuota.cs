namespace OrleansChat.Limiting;

/// <summary>What this node counts for an owner.</summary>
/// <param name="requests">His requests; null where they are not limited.</param>
/// <param name="connections">His connections; null where they are not limited.</param>
/// <param name="policy">How he is limited, as he is told.</param>
internal sealed class OwnerQuota(OwnerRequests? requests, OwnerConnections? connections, string policy)
{
    /// <summary>How he is limited, as he is told.</summary>
    public string Policy => policy;

    /// <summary>His requests; null where they are not limited.</summary>
    public OwnerRequests? Requests => requests;

    /// <summary>His connections; null where they are not limited.</summary>
    public OwnerConnections? Connections => connections;

    /// <summary>How many requests of his are being served here.</summary>
    public int Users { get; set; }

    /// <summary>Whether there is nothing to be lost by forgetting it.</summary>
    public bool IsOver => Users == 0 && requests?.IsOver != false && connections?.IsOver != false;
}
