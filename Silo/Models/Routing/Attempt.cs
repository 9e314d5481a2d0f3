using Microsoft.Extensions.AI;
using OrleansChat.Telemetry;

namespace OrleansChat.Models.Routing;

/// <summary>One request to one endpoint, with the time that it has until its first token.</summary>
internal sealed class Attempt : IAsyncDisposable
{
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource timeout;
    private readonly CancellationTokenSource either;
    private readonly bool isProbe;
    private bool isJudged;

    private Attempt(RetryPlan.Step step, bool isProbe, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        caller = cancellationToken;
        this.isProbe = isProbe;
        Step = step;
        Limit = limit;
        timeout = new CancellationTokenSource(limit, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
    }

    /// <summary>What it is.</summary>
    public RetryPlan.Step Step { get; }

    /// <summary>How long it may take to its first token.</summary>
    public TimeSpan Limit { get; }

    /// <summary>What the endpoint sends.</summary>
    public IAsyncEnumerator<ChatResponseUpdate> Updates { get; private set; } = null!;

    /// <summary>Whether it was too late with its first token, so that it was aborted.</summary>
    public bool IsTooLate => timeout.IsCancellationRequested && !caller.IsCancellationRequested;

    /// <summary>Whether the endpoint, rather than the caller, has the next move.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether the model has signalled its end.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Sends the request; null where the endpoint's circuit does not let it through.</summary>
    /// <param name="step">Which endpoint.</param>
    /// <param name="limit">How long it may take to its first token.</param>
    /// <param name="prompt">What is asked.</param>
    /// <param name="options">How.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static Attempt? Start(
        RetryPlan.Step step, TimeSpan limit, IEnumerable<ChatMessage> prompt, ChatOptions? options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!step.Endpoint.Circuit.TryEnter(out var isProbe))
        {
            return null;
        }

        var attempt = new Attempt(step, isProbe, limit, time, cancellationToken);
        attempt.Updates = step.Endpoint.Client
            .GetStreamingResponseAsync(prompt, step.Model.Limit(options), attempt.either.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        return attempt;
    }

    /// <summary>The first token is there, and so in time. False where the time was over at the same moment.</summary>
    public bool TryAnswer()
    {
        timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        if (timeout.IsCancellationRequested)
        {
            return false;
        }

        RoutingInstruments.Attempted(Step.Model.Name, error: null);
        Step.Endpoint.Circuit.Answered(isProbe);
        return true;
    }

    /// <summary>It failed before its first token.</summary>
    public void Fail(ModelException fault)
    {
        isJudged = true;
        RoutingInstruments.Attempted(Step.Model.Name, fault.Code);
        if (FaultVerdicts.IsEndpointsOwn(fault))
        {
            Step.Endpoint.Circuit.Failed(isProbe);
        }
        else
        {
            Step.Endpoint.Circuit.Answered(isProbe);
        }
    }

    /// <summary>Lets go of the endpoint, which aborts what has not ended, and remembers what has become of it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (HasEnded)
        {
            Step.Endpoint.Circuit.Succeeded();
        }
        else if (isJudged)
        {
            // That was it.
        }
        else if (IsWaiting && !caller.IsCancellationRequested)
        {
            Step.Endpoint.Circuit.Failed(isProbe);
        }
        else
        {
            Step.Endpoint.Circuit.GivenUp(isProbe);
        }

        await either.CancelAsync();
        timeout.Dispose();
        await Updates.DisposeAsync();
        either.Dispose();
    }
}
