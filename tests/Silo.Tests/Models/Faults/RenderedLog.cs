using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>A log as an operator reads it, with every exception and its causes.</summary>
internal sealed class RenderedLog : ILogger
{
    private readonly ConcurrentQueue<string> entries = new();

    /// <summary>All entries.</summary>
    public IReadOnlyCollection<string> Entries => entries;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue($"{logLevel}: {formatter(state, exception)}\n{exception}");
}
