namespace OrleansChat.Testing.Time;

/// <summary>Waits for what comes about by itself.</summary>
public static class Waiting
{
    /// <inheritdoc cref="ForAsync(Func{Task{bool}})"/>
    public static Task ForAsync(Func<bool> isSo) => ForAsync(() => Task.FromResult(isSo()));

    /// <summary>Asks until it is so.</summary>
    /// <exception cref="OperationCanceledException">It did not come about.</exception>
    public static async Task ForAsync(Func<Task<bool>> isSo)
    {
        ArgumentNullException.ThrowIfNull(isSo);
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
