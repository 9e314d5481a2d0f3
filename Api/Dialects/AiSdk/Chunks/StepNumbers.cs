using System.Collections.Immutable;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>Where the running step begins among the chunks, and what of it is void.</summary>
/// <param name="frames">The chunks.</param>
internal sealed class StepNumbers(ChunkFrames frames)
{
    private string message = "";
    private long startedAt;
    private long voidThrough;
    private long beforeContent;
    private long common;

    /// <summary>What is void of the steps that began anew, by their messages: found out by a scan, and known to who tells.</summary>
    public ImmutableDictionary<string, VoidStretch> Void { get; set; } = ImmutableDictionary.Create<string, VoidStretch>(StringComparer.Ordinal);

    /// <summary>Whether the step has said anything that counts.</summary>
    public bool HasContent => frames.Count > beforeContent;

    /// <summary>Whether an event is in what is known to be void of the step, or the end of that.</summary>
    public bool IsVoid(long sequence) => sequence <= voidThrough;

    /// <summary>Begins with a step, of which nothing is told yet.</summary>
    /// <param name="step">Its message.</param>
    /// <param name="sequence">The sequence of its start.</param>
    public void Begin(string step, long sequence) => (message, startedAt, voidThrough) = (step, sequence, Void.GetValueOrDefault(step).Through);

    /// <summary>Says that the chunks which begin the step are there.</summary>
    public void EndStart() => beforeContent = common = frames.Next;

    /// <summary>Says that a chunk is about to be added which is a status, and not void with what the step says.</summary>
    public void AddStatus()
    {
        common += frames.Next == common ? 1 : 0;
        beforeContent++;
    }

    /// <summary>Counts on from the step's beginning, because it begins anew.</summary>
    /// <param name="sequence">The sequence of the event with which it does.</param>
    public void BeginAnew(long sequence)
    {
        if (HasContent)
        {
            // Of what began anew several times, all that was ever void.
            var known = Void.GetValueOrDefault(message, new VoidStretch(startedAt, 0, common, 0));
            Void = Void.SetItem(message, known with { Through = sequence, Chunks = Math.Max(known.Chunks, frames.Count) });
            voidThrough = sequence;
        }

        frames.CountFrom(beforeContent);
    }
}
