using Microsoft.Extensions.Logging;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models;

/// <summary>Everything that a host logs, exceptions included.</summary>
internal sealed class CollectedLogs : ILoggerProvider, ILogger
{
    private readonly Lock gate = new();
    private readonly List<(LogLevel Level, string Text)> entries = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many entries have the words.</summary>
    public int Count(string words)
    {
        lock (gate)
        {
            return entries.Count(entry => entry.Text.Contains(words, StringComparison.Ordinal));
        }
    }

    /// <summary>The level of the first entry that has the words.</summary>
    public LogLevel LevelOf(string words)
    {
        lock (gate)
        {
            return entries.First(entry => entry.Text.Contains(words, StringComparison.Ordinal)).Level;
        }
    }

    /// <summary>Returns when so many entries have the words.</summary>
    public async Task HasAsync(string words, int times = 1)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = more.Task;
            }

            if (Count(words) >= times)
            {
                return;
            }

            try
            {
                await next.WaitAsync(TestLimits.Signal - TimeProvider.System.GetElapsedTime(started));
            }
            catch (Exception e) when (e is TimeoutException or ArgumentOutOfRangeException)
            {
                throw new TimeoutException($"'{words}' was not logged, but:\n{string.Join('\n', entries)}", e);
            }
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (gate)
        {
            entries.Add((logLevel, $"{formatter(state, exception)} {exception}"));
            more.SetResult();
            more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
        // Holds nothing.
    }
}
