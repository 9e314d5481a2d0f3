using OrleansChat.Journal;

namespace OrleansChat.Grains.Tests.Journal;

internal static class Appending
{
    /// <summary>Appends, for who waits for the outcome.</summary>
    public static Task<AppendOutcome> AppendAsync(this JournalWriter writer, JournalAppend append)
    {
        var outcome = new TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        writer.Append(append, outcome.SetResult);
        return outcome.Task;
    }
}
