using OrleansChat.Errors;

namespace OrleansChat.Limiting;

/// <summary>Counts an owner's connections at this node, within a lease of what the cluster allows.</summary>
/// <param name="hold">Tells how many are open, and how many are wanted; says how many may be open.</param>
/// <param name="quota">How many all nodes may have.</param>
/// <param name="logger">Where it is told that nobody could be asked.</param>
internal sealed partial class OwnerConnections(Func<int, int, Task<int>> hold, int quota, ILogger logger)
{
    // Who opens and closes all the time does not ask each time; what nobody uses is missed elsewhere.
    private const int SpareShare = 16;

    // As long as one question of a silo that is away takes. Who asks with hundreds of others is not to wait for all of theirs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private int open;
    private int allowed;
    private bool isRenewing;

    /// <summary>Whether there is nothing to be lost by forgetting it.</summary>
    public bool IsOver
    {
        get
        {
            lock (gate)
            {
                return open == 0 && allowed == 0;
            }
        }
    }

    private int Spare => quota / SpareShare;

    /// <summary>Counts a connection, if there may be another; <see cref="Close"/> takes it back.</summary>
    /// <param name="leaving">When nobody waits for it any more.</param>
    /// <exception cref="BusyException">Whoever counts does not answer, and others wait for that already.</exception>
    public async ValueTask<bool> TryOpenAsync(CancellationToken leaving)
    {
        if (TryOpen())
        {
            return true;
        }

        if (!await turn.WaitAsync(Patience, leaving))
        {
            throw new BusyException("Many of your connections wait to be counted, and that takes long. Try again in a moment.");
        }

        try
        {
            if (!TryOpen())
            {
                await HoldAsync(open => open + 1 + Spare);
                return TryOpen();
            }

            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A connection is gone.</summary>
    public void Close()
    {
        bool isTooMuch;
        lock (gate)
        {
            open--;
            isTooMuch = allowed - open > Spare;
        }

        if (isTooMuch)
        {
            _ = RenewAsync(onlyIfTooMuch: true);
        }
    }

    /// <summary>Renews the lease, and gives back what is not used; not while that is under way.</summary>
    public async Task RenewAsync()
    {
        lock (gate)
        {
            if (isRenewing)
            {
                return;
            }

            isRenewing = true;
        }

        try
        {
            await RenewAsync(onlyIfTooMuch: false);
        }
        finally
        {
            lock (gate)
            {
                isRenewing = false;
            }
        }
    }

    private async Task RenewAsync(bool onlyIfTooMuch)
    {
        await turn.WaitAsync();
        try
        {
            lock (gate)
            {
                if (onlyIfTooMuch ? allowed - open <= Spare : open == 0 && allowed == 0)
                {
                    return;
                }
            }

            await HoldAsync(open => open == 0 && !onlyIfTooMuch ? 0 : open + Spare);
        }
        finally
        {
            turn.Release();
        }
    }

    // One at a time.
    private async Task HoldAsync(Func<int, int> wantedFor)
    {
        int now, wanted;
        lock (gate)
        {
            now = open;
            wanted = wantedFor(open);

            // Meanwhile nobody takes what is being given back.
            allowed = Math.Min(allowed, wanted);
        }

        var granted = wanted;
        try
        {
            granted = await hold(now, wanted);
        }
        catch (Exception e)
        {
            // Who counts is away with his silo, or this node stops; he is told with the next renewal.
            LogUncounted(logger, e);
        }

        lock (gate)
        {
            allowed = granted;
        }
    }

    private bool TryOpen()
    {
        lock (gate)
        {
            if (open < allowed)
            {
                open++;
                return true;
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connections of an owner are not counted for now: no silo answers.")]
    private static partial void LogUncounted(ILogger logger, Exception exception);
}
