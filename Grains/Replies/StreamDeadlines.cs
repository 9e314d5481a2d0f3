using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>
/// Whether one stream of a model takes longer than it may. To be asked every now and then: a timer of each stream, set anew with each token,
/// would cost more than all that it watches for. One thread tells; another may ask at any time.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="clock">The time.</param>
internal sealed class StreamDeadlines(Model model, TimeProvider clock)
{
    /// <summary>
    /// How long a response may go on without a word after its model has signalled its end: longer than clients wait there for the usage, which
    /// is two seconds.
    /// </summary>
    internal static readonly TimeSpan EndingTimeout = TimeSpan.FromSeconds(5);

    private readonly long startedAt = clock.GetTimestamp();
    private long waitingSince = clock.GetTimestamp();
    private bool hasBegun;

    /// <summary>Whether it is not the model that is waited for.</summary>
    public bool IsHeld => Volatile.Read(ref waitingSince) == 0;

    /// <summary>The model has said something that counts.</summary>
    public void Begin() => Volatile.Write(ref hasBegun, true);

    /// <summary>It is the model that is waited for, from now on.</summary>
    public void Wait() => Volatile.Write(ref waitingSince, clock.GetTimestamp());

    /// <summary>It is not the model that is waited for.</summary>
    public void Hold() => Volatile.Write(ref waitingSince, 0);

    /// <summary>How the stream has to end now; null while it may go on.</summary>
    /// <param name="finishReason">The model's end signal; null while there is none.</param>
    public ReplyOutcome? Overdue(string? finishReason)
    {
        var since = Volatile.Read(ref waitingSince);
        var waited = since == 0 ? TimeSpan.Zero : clock.GetElapsedTime(since);
        if (finishReason is not null)
        {
            // A model that has signalled its end has said all, and can no longer be late; only its response may still hang.
            return waited > EndingTimeout ? new ReplyOutcome.Completed(finishReason) : null;
        }

        var begun = Volatile.Read(ref hasBegun);
        if (clock.GetElapsedTime(startedAt) > model.TotalTimeout)
        {
            return Failed(ModelErrors.TotalTimeout, $"The model's answer took longer than {Seconds(model.TotalTimeout)}, which is as long as one may take.");
        }

        return begun && waited > model.SilenceTimeout
                ? Failed(ModelErrors.SilenceTimeout, $"The model fell silent for more than {Seconds(model.SilenceTimeout)}.")
            : !begun && waited > model.FirstTokenTimeout
                ? Failed(ModelErrors.FirstTokenTimeout, $"The model did not begin its answer within {Seconds(model.FirstTokenTimeout)}.")
            : null;
    }

    private static ReplyOutcome.Failed Failed(string code, string message) => new(ModelErrors.Of(code, message));

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} seconds";
}
