namespace OrleansChat.Models.Routing;

/// <summary>
/// Keeps requests from an endpoint that fails, for all replies of the silo: opens after failures in a row, and closes when one request
/// that probes it gets an answer. (Polly's would take a probe that is cancelled for a success.)
/// </summary>
/// <param name="failures">How many failures in a row open it; 0 for never.</param>
/// <param name="pause">How long it stays open before it is probed.</param>
/// <param name="time">The clock.</param>
/// <param name="changed">Told of every change of its state, under its lock.</param>
internal sealed class CircuitBreaker(int failures, TimeSpan pause, TimeProvider time, Action<CircuitState> changed)
{
    private readonly Lock gate = new();
    private CircuitState state;
    private int inARow;
    private long openedAt;

    /// <summary>Whether requests may go to the endpoint, one at least.</summary>
    public bool LetsThrough
    {
        get
        {
            lock (gate)
            {
                return state == CircuitState.Closed || (state == CircuitState.Open && IsRested);
            }
        }
    }

    /// <summary>Whether the endpoint is not known to be failing.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate)
            {
                return state == CircuitState.Closed;
            }
        }
    }

    private bool IsRested => time.GetElapsedTime(openedAt) >= pause;

    /// <summary>Lets a request through, or does not. Whoever is let through says what came of it.</summary>
    public bool TryEnter(out bool isProbe)
    {
        lock (gate)
        {
            isProbe = state == CircuitState.Open && IsRested;
            if (isProbe)
            {
                Become(CircuitState.HalfOpen);
            }

            return isProbe || state == CircuitState.Closed;
        }
    }

    /// <summary>A request's answer has begun. It may still break off, so it does not make good what failed before, except for a probe.</summary>
    public void Answered(bool isProbe)
    {
        lock (gate)
        {
            if (isProbe && state == CircuitState.HalfOpen)
            {
                inARow = 0;
                Become(CircuitState.Closed);
            }
        }
    }

    /// <summary>A request's answer has come to its end.</summary>
    public void Succeeded()
    {
        lock (gate)
        {
            inARow = state == CircuitState.Closed ? 0 : inARow;
        }
    }

    /// <summary>A request, or its answer, failed by the endpoint's fault.</summary>
    public void Failed(bool isProbe)
    {
        lock (gate)
        {
            inARow++;
            if (isProbe && state == CircuitState.HalfOpen)
            {
                openedAt = time.GetTimestamp();
                Become(CircuitState.Open);
            }
            else if (state == CircuitState.Closed && failures > 0 && inARow >= failures)
            {
                openedAt = time.GetTimestamp();
                Become(CircuitState.Open);
            }
        }
    }

    /// <summary>A request was given up before anything was learned of the endpoint. Another may probe it at once.</summary>
    public void GivenUp(bool isProbe)
    {
        lock (gate)
        {
            if (isProbe && state == CircuitState.HalfOpen)
            {
                Become(CircuitState.Open);
            }
        }
    }

    private void Become(CircuitState next)
    {
        state = next;
        changed(next);
    }
}
