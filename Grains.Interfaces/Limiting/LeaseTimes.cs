namespace OrleansChat.Limiting;

/// <summary>For how long what is counted for an owner stands without being renewed.</summary>
public static class LeaseTimes
{
    /// <summary>A lease. What died without a word is counted for so long: two renewals may get lost before what lives is forgotten.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>How often a lease is renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);
}
