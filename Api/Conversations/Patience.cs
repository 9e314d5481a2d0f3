using OrleansChat.Errors;

namespace OrleansChat.Conversations;

/// <summary>
/// Repeats calls that a silo did not answer: it was killed, is stopping, or hands its part of the directory over. By the second or
/// third time the cluster knows better. Only for calls that can be repeated.
/// </summary>
internal static class Patience
{
    // People rather wait for what they have written than write it again. Beyond the time for which a grain itself waits for its
    // store, so that its word on that is heard.
    private static readonly TimeSpan ForWriting = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan ForReading = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks a question.</summary>
    public static Task<T> ReadAsync<T>(Func<Task<T>> question, TimeProvider clock) => AskAsync(_ => question(), ForReading, clock);

    /// <summary>Asks a question for somebody who may leave before it is answered, and does not ask again then.</summary>
    /// <exception cref="OperationCanceledException">He has left.</exception>
    public static Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> question, TimeProvider clock, CancellationToken left) =>
        AskAsync(_ => question(left), ForReading, clock, left);

    /// <summary>Asks for a change; told whether it has been asked for before.</summary>
    public static Task<T> WriteAsync<T>(Func<bool, Task<T>> change, TimeProvider clock) => AskAsync(change, ForWriting, clock);

    /// <summary>Asks for a change on behalf of somebody who may leave, and does not ask again then.</summary>
    /// <exception cref="OperationCanceledException">He has left.</exception>
    public static Task<T> WriteAsync<T>(Func<bool, Task<T>> change, TimeProvider clock, CancellationToken left) =>
        AskAsync(change, ForWriting, clock, left);

    private static async Task<T> AskAsync<T>(Func<bool, Task<T>> ask, TimeSpan patience, TimeProvider clock, CancellationToken left = default)
    {
        var start = clock.GetTimestamp();
        for (var again = false; ; again = true)
        {
            try
            {
                return await ask(again);
            }
            catch (Exception e) when (Unavailability.IsTransient(e) && !left.IsCancellationRequested && clock.GetElapsedTime(start) < patience)
            {
                await Task.Delay(Pause, clock, left);
            }
        }
    }
}
