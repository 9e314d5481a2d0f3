using OrleansChat.Errors;

namespace OrleansChat.Health;

/// <summary>Whether silos and their store answer. Anybody may ask, so what was heard is told again for a moment, and those who ask at the same time ask once.</summary>
internal sealed class Readiness(IGrainFactory grains, TimeProvider clock)
{
    // A silo that takes longer than this to answer a trivial call is not one to send users to.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    // Who waits for the start wants to hear of it.
    private static readonly TimeSpan BadFor = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private Task<string?> answer = Task.FromResult<string?>(null);
    private long? asked;

    /// <summary>Why they do not; null where they do.</summary>
    public Task<string?> FindReasonAgainstAsync()
    {
        lock (gate)
        {
            if (asked is not { } at || (answer.IsCompleted && clock.GetElapsedTime(at) >= (answer.Result is null ? GoodFor : BadFor)))
            {
                asked = clock.GetTimestamp();
                answer = AskAsync();
            }

            return answer;
        }
    }

    private async Task<string?> AskAsync()
    {
        try
        {
            return await AskSiloAsync().WaitAsync(Patience, clock) ? null : "The store does not answer.";
        }
        catch (Exception)
        {
            // Whatever keeps the silos from answering, the balancer needs to know only that they do not.
            return "No silo answers.";
        }
    }

    private async Task<bool> AskSiloAsync()
    {
        var silo = grains.GetGrain<IHealthGrain>(0);
        var start = clock.GetTimestamp();
        try
        {
            return await silo.StoreAnswers();
        }
        catch (Exception e) when (Unavailability.IsTransient(e) && clock.GetElapsedTime(start) < Patience)
        {
            // A silo that has just died failed, and another answers: else no API node of the cluster would be ready for a moment.
            return await silo.StoreAnswers();
        }
    }
}
