namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>
/// The rule for <c>sequence_number</c>, by which every node gives every frame the same number: a frame that comes of the event with sequence s, of a
/// reply whose <c>reply.started</c> has sequence s₀, has the number 1,000 × (s − s₀) + i, where i counts the event's frames from 0. So events
/// and numbers map to each other without looking anything up.
/// </summary>
/// <remarks>
/// Exceptions are few. <c>response.created</c> is 0, <c>response.queued</c> 1 and <c>response.in_progress</c> 2, whether the
/// response waited or not. Deltas of several events that come as one have the last one's number, as what comes after that is what is left to come.
/// The numbers fit into 32 bits, which some clients take them for, as long as a reply has fewer than 2.1 million events.
/// </remarks>
internal static class ResponseSequence
{
    /// <summary>The frames that one event can come to, at most: a last event with which 128 function calls end has fewer than 400.</summary>
    public const int FramesPerEvent = 1_000;

    /// <summary>The cursor of who has seen nothing.</summary>
    public const long None = -1;

    /// <summary>The number of <c>response.in_progress</c>.</summary>
    public const int InProgress = 2;

    /// <summary>A frame's number.</summary>
    /// <param name="start">The sequence of the reply's start; 0 as long as it has none.</param>
    /// <param name="sequence">The event's sequence.</param>
    /// <param name="frame">Which of the event's frames, from 0.</param>
    public static long NumberOf(long start, long sequence, int frame) => start == 0 ? frame : ((sequence - start) * FramesPerEvent) + frame;

    /// <summary>The sequence of the event of which a frame came.</summary>
    public static long EventOf(long start, long number) => start + (number / FramesPerEvent);
}
