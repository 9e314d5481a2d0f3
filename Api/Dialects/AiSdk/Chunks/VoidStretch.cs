namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>What of a step is void, because the step began anew.</summary>
/// <param name="Started">The sequence of the step's start, which is not void.</param>
/// <param name="Through">The sequence of the event with which it began anew.</param>
/// <param name="Common">How many chunks come before the step says anything: they are the same in what was and in what is now.</param>
/// <param name="Chunks">How many there were at most, when it began anew.</param>
internal readonly record struct VoidStretch(long Started, long Through, long Common, long Chunks)
{
    /// <summary>Whether who has this and nothing later has something void.</summary>
    /// <param name="sequence">The sequence of the last event that he has.</param>
    public bool HasEvent(long sequence) => sequence > Started && sequence < Through;

    /// <summary>Whether who has so many chunks can have void ones: there were so many, and nothing tells them from those that there are now.</summary>
    public bool CanBeIn(long chunks) => chunks > Common && chunks <= Chunks;
}
