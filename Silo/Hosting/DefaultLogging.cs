using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OrleansChat.Logging;

namespace OrleansChat.Hosting;

/// <summary>How both programs log unless they are configured otherwise.</summary>
public static class DefaultLogging
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        // Orleans tells every option at its start. Its category is a prefix of ours, which therefore needs a line of its own.
        ["Logging:LogLevel:Orleans"] = "Warning",
        // At its first look it takes the machine's start for its own, and warns of hours without progress.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        // It tells every statement.
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:OrleansChat"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:Console:FormatterName"] = LineFormatter.FormatterName,
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss ",
    };

    /// <summary>Sets the defaults below everything else that configures the host.</summary>
    public static IHostApplicationBuilder AddDefaultLogging(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        return builder;
    }
}
