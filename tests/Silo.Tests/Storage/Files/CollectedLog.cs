using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansChat.Storage.Files;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>Keeps what the store logs.</summary>
internal sealed class CollectedLog : ILogger<FilesConversationStore>
{
    private readonly ConcurrentQueue<string> entries = new();

    /// <summary>Level and text of each entry.</summary>
    public IReadOnlyCollection<string> Entries => entries;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => entries.Enqueue($"{logLevel}: {formatter(state, exception)}");
}
