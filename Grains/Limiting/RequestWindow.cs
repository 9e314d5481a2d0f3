namespace OrleansChat.Limiting;

/// <summary>
/// Counts requests in windows of a minute, the first of which begins with the first request, and hands them out in shares: large ones at the beginning, so
/// that nodes need not ask often, single ones at the end, so that no node sits on what another needs.
/// </summary>
internal sealed class RequestWindow(TimeProvider clock)
{
    /// <summary>How long a window is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private const int Shares = 8;
    private const int LargestShare = 64;

    private long? began;
    private int granted;

    /// <summary>Takes a share.</summary>
    /// <param name="quota">How many requests a window has.</param>
    public RequestSlice Take(int quota)
    {
        var now = clock.GetTimestamp();
        if (began is null || clock.GetElapsedTime(began.Value, now) >= Length)
        {
            (began, granted) = (now, 0);
        }

        var left = Math.Max(0, quota - granted);
        var share = left == 0 ? 0 : Math.Clamp(left / Shares, 1, LargestShare);
        granted += share;
        return new RequestSlice(share, left - share, Length - clock.GetElapsedTime(began.Value, now));
    }
}
