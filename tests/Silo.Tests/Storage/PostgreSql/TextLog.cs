using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Keeps what a host logs, and lets tests wait for it.</summary>
internal sealed class TextLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly SemaphoreSlim written = new(0);

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lines.Enqueue(formatter(state, exception));
        written.Release();
    }

    /// <summary>Returns when a line with this text has been written. One caller at a time.</summary>
    public async Task WaitForAsync(string text, TimeSpan patience)
    {
        while (!lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            if (!await written.WaitAsync(patience))
            {
                throw new TimeoutException($"Nobody said '{text}', but:\n{string.Join('\n', lines)}");
            }
        }
    }

    public void Dispose() => written.Dispose();
}
