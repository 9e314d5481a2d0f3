using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Models.Routing;

/// <summary>
/// One reply's way to the endpoint that answers it. Until an answer has begun, nobody has seen any of it, and it may come from anywhere;
/// from then on it is that endpoint's, for better or worse.
/// </summary>
internal sealed partial class RoutedAnswer : IAsyncDisposable
{
    // More than any endpoint has to say before it says something.
    private const int MostBefore = 64;

    private readonly Route route;
    private readonly IReadOnlyList<ChatMessage> prompt;
    private readonly ChatOptions? options;
    private readonly RetryPlan plan;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationToken caller;
    private Attempt? attempt;
    private ModelException? worst;
    private int failures;

    public RoutedAnswer(
        Route route,
        IReadOnlyList<ChatMessage> prompt,
        ChatOptions? options,
        RoutingEnvironment environment,
        CancellationToken cancellationToken)
    {
        this.route = route;
        this.prompt = prompt;
        this.options = options;
        (time, logger) = (environment.Time, environment.Logger);
        caller = cancellationToken;
        plan = new RetryPlan(route.For(prompt, options), route.Budget, environment.Time, environment.Random);
        EachEndpoint(static endpoint => endpoint.Enter());
    }

    /// <summary>The attempt that answers; there once <see cref="BeginAsync"/> has returned.</summary>
    public Attempt Attempt => attempt!;

    /// <summary>The name of the model that answers, where it is not the one that was asked; else null.</summary>
    public string? ModelId => Attempt.Step.Model == route.Own ? null : Attempt.Step.Model.Name;

    /// <summary>Tries, until an answer begins.</summary>
    /// <returns>Its beginning: what the endpoint has sent, up to and with the first token.</returns>
    /// <exception cref="ModelException">None begins.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<List<ChatResponseUpdate>> BeginAsync()
    {
        while (true)
        {
            caller.ThrowIfCancellationRequested();
            attempt = await StartNextAsync();
            try
            {
                return await ReadBeginningAsync(attempt);
            }
            catch (ModelException fault) when (!caller.IsCancellationRequested)
            {
                await GiveUpAsync(attempt, fault);
            }
            catch (OperationCanceledException e) when (attempt.IsTooLate)
            {
                await GiveUpAsync(attempt, TooLate(attempt, e));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (attempt is not null)
            {
                await attempt.DisposeAsync();
            }
        }
        finally
        {
            EachEndpoint(static endpoint => endpoint.Exit());
        }
    }

    private static async Task<List<ChatResponseUpdate>> ReadBeginningAsync(Attempt attempt)
    {
        var beginning = new List<ChatResponseUpdate>();
        attempt.IsWaiting = true;
        while (await attempt.Updates.MoveNextAsync())
        {
            var update = attempt.Updates.Current;
            if (FirstToken.IsIn(update))
            {
                attempt.IsWaiting = false;
                beginning.Add(update);
                return attempt.TryAnswer() ? beginning : throw TooLate(attempt, null);
            }

            if (update.Contents.Count > 0 && beginning.Count < MostBefore)
            {
                beginning.Add(update);
            }
        }

        throw new ModelException(ModelErrors.Truncated, "The model's reply was cut off before its beginning.");
    }

    private async Task<Attempt> StartNextAsync()
    {
        while (plan.Next() is { } step)
        {
            if (step.Wait > TimeSpan.Zero)
            {
                await Task.Delay(step.Wait, time, caller);
            }

            var left = plan.Left;
            if (left > TimeSpan.Zero
                && Attempt.Start(step, Min(left, step.Model.FirstTokenTimeout), prompt, options, time, caller) is { } started)
            {
                return started;
            }
        }

        throw worst ?? new ModelException(
            ModelErrors.Unavailable, "The model has failed too often just now, and is left alone for a moment. Try again soon.");
    }

    private async Task GiveUpAsync(Attempt failed, ModelException fault)
    {
        failed.Fail(fault);
        attempt = null;
        LogFailed(logger, failed.Step.Endpoint.Name, ++failures, fault.Code, fault.Message);
        LogCause(logger, fault, failed.Step.Endpoint.Name);
        try
        {
            await failed.DisposeAsync();
        }
        catch (Exception e) when (e is ModelException or OperationCanceledException)
        {
            // It has failed; how it is let go of changes nothing.
        }

        // What one that only stands in does not take, another may.
        if (FaultVerdicts.Of(fault) == FaultVerdict.Stand && failed.Step.Model == route.Own)
        {
            throw fault;
        }

        // Users are told what they can do something about: a fault that may pass goes before one that will not.
        worst = worst is not null && ModelErrors.IsRetryable(worst.Code) && !ModelErrors.IsRetryable(fault.Code) ? worst : fault;
        plan.Failed(failed.Step, fault);
    }

    private static ModelException TooLate(Attempt attempt, Exception? cause) => new(
        ModelErrors.FirstTokenTimeout, $"The model did not begin its answer within {attempt.Limit.TotalSeconds:0.###} seconds.", cause);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void EachEndpoint(Action<ModelEndpoint> action)
    {
        foreach (var (endpoint, _) in route.Models.SelectMany(model => model.Endpoints))
        {
            action(endpoint);
        }
    }

    // A dead endpoint says the same with every reply: where in the code it was noticed is for those who look for it.
    [LoggerMessage(LogLevel.Warning, "Endpoint {Endpoint} did not begin an answer (failure {Count} of this reply): {Code}. {Reason}")]
    private static partial void LogFailed(ILogger logger, string endpoint, int count, string code, string reason);

    [LoggerMessage(LogLevel.Debug, "Why endpoint {Endpoint} did not begin an answer.")]
    private static partial void LogCause(ILogger logger, Exception fault, string endpoint);
}
