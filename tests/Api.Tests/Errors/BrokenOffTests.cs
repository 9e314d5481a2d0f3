using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Errors;

namespace OrleansChat.Api.Tests.Errors;

/// <summary>Requests whose sender is gone before they are there.</summary>
public sealed class BrokenOffTests
{
    [Fact]
    public async Task A_connection_that_was_reset_is_nothing_to_be_logged()
    {
        var log = new Entries();
        var app = new ApplicationBuilder(new ServiceCollection().AddLogging(logging => logging.AddProvider(log)).BuildServiceProvider());
        app.UseErrorHandling();
        app.Run(_ => throw new ConnectionResetException("Connection reset by peer"));

        await app.Build()(new DefaultHttpContext());

        Assert.Equal(0, log.Count);
    }

    private sealed class Entries : ILoggerProvider, ILogger
    {
        public int Count { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;

        public void Dispose()
        {
        }
    }
}
