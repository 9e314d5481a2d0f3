using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OrleansChat.Logging;

namespace OrleansChat.Silo.Tests.Logging;

/// <summary>No entry of the log can be made by what is in another.</summary>
public class LineFormatterTests
{
    [Theory]
    [InlineData("\n", "\\n")]
    [InlineData("\r", "\\r")]
    [InlineData("\r\n", "\\r\\n")]
    [InlineData("\t", "\\t")]
    [InlineData("\0", "\\u0000")]
    [InlineData("\v\f", "\\u000b\\u000c")]
    [InlineData("\u001b[2K\u001b[1A", "\\u001b[2K\\u001b[1A")]
    [InlineData("\u009b2K", "\\u009b2K")]
    [InlineData("\u007f\b", "\\u007f\\u0008")]
    [InlineData("\u0085\u2028\u2029", "\\u0085\\u2028\\u2029")]
    [InlineData("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066")]
    [InlineData("\ufeff", "\\ufeff")]
    [InlineData("ü 中 👩‍🚀 \\ \" '", "ü 中 👩‍🚀 \\ \" '")]
    public void What_ends_lines_or_moves_terminals_is_written_out(string text, string written)
    {
        Assert.Equal($"info: A.Category[7] before{written}after\n", Line($"before{text}after"));
        Assert.Equal($"info: A.Category[7] {written}{written}\n", Line(text + text));
    }

    // Attributes are kept in UTF-8, which has no such thing.
    [Fact]
    public void Half_a_character_is_written_out_too() =>
        Assert.Equal("info: A.Category[7] a\\ud83d 😀 \\ude00\\ud83d\n", Line("a\ud83d 😀 \ude00\ud83d"));

    [Fact]
    public void An_entry_with_an_exception_is_one_line_too()
    {
        var line = Line("It failed.", new InvalidOperationException("Because\n12:00:00 crit: Forged[0] entry", new TimeoutException("of\r\nthis")));

        Assert.StartsWith("info: A.Category[7] It failed. System.InvalidOperationException: Because\\n12:00:00 crit: Forged[0] entry", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain('\r', line);
    }

    private static string Line(string message, Exception? exception = null)
    {
        var formatter = new LineFormatter(new Fixed());
        using var writer = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(LogLevel.Information, "A.Category", new EventId(7), message, exception, (state, _) => state);
        formatter.Write(in entry, null, writer);
        var line = writer.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal);
        return line;
    }

    private sealed class Fixed : IOptionsMonitor<ConsoleFormatterOptions>
    {
        public ConsoleFormatterOptions CurrentValue { get; } = new();

        public ConsoleFormatterOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<ConsoleFormatterOptions, string?> listener) => null;
    }
}
