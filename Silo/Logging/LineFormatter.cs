using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace OrleansChat.Logging;

/// <summary>
/// The console's log, an entry a line, exceptions included. (The framework's <c>simple</c> on a single line lets all line ends through
/// but the system's own, and whatever else terminals obey.)
/// </summary>
internal sealed class LineFormatter(IOptionsMonitor<ConsoleFormatterOptions> options) : ConsoleFormatter(FormatterName)
{
    /// <summary>What it is chosen by: <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "line";

    private const string NoColor = "\u001b[39m\u001b[22m";

    // https://no-color.org
    private static readonly bool IsColored = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <inheritdoc />
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (options.CurrentValue.TimestampFormat is { } format)
        {
            var now = options.CurrentValue.UseUtcTimestamp ? DateTimeOffset.UtcNow : DateTimeOffset.Now;
            textWriter.Write(now.ToString(format, CultureInfo.InvariantCulture));
        }

        var (level, color) = Describe(logEntry.LogLevel);
        textWriter.Write(IsColored ? color + level + NoColor : level);
        textWriter.Write(": ");
        PlainLine.Write(textWriter, logEntry.Category);
        textWriter.Write('[');
        textWriter.Write(logEntry.EventId.Id);
        textWriter.Write("] ");
        PlainLine.Write(textWriter, message);
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            PlainLine.Write(textWriter, exception.ToString());
        }

        textWriter.Write(Environment.NewLine);
    }

    private static (string Level, string Color) Describe(LogLevel level) => level switch
    {
        LogLevel.Trace => ("trce", ""),
        LogLevel.Debug => ("dbug", ""),
        LogLevel.Information => ("info", "\u001b[32m"),
        LogLevel.Warning => ("warn", "\u001b[1m\u001b[33m"),
        LogLevel.Error => ("fail", "\u001b[1m\u001b[31m"),
        _ => ("crit", "\u001b[1m\u001b[31m"),
    };
}
