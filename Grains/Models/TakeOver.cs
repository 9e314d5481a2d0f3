namespace OrleansChat.Models;

/// <summary>
/// What a model's endpoint allows when the process that read its reply is gone: the connection to the model went with it, so the
/// model has to be asked again, or not at all.
/// </summary>
public enum TakeOver
{
    /// <summary>
    /// The provider goes on producing the reply by itself, and is read on where the journal ends: nothing is asked, said or paid twice.
    /// Where it does not know the reply any more, or nobody ever heard what it calls it, as <see cref="Restart"/>.
    /// </summary>
    Reattach,

    /// <summary>
    /// The model continues from the text so far, which is sent as the last message. Only for endpoints that take a last message
    /// of the assistant for the beginning of its answer (prefill); others answer it instead, and the splice shows.
    /// </summary>
    Continue,

    /// <summary>The model is asked again from the beginning, and clients clear what they have. Safe with every endpoint.</summary>
    Restart,

    /// <summary>The reply ends as interrupted; what it said so far stays. For models that must not be paid twice for one answer.</summary>
    Interrupt,
}
