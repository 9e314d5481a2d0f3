using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OrleansChat.Models;

namespace OrleansChat.Hosting;

/// <summary>Says in a few words why a program cannot start.</summary>
internal static class StartMistakes
{
    /// <summary>Describes what the start threw: a mistake in the configuration by itself, and all of what nobody has foreseen.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="isLogged">Whether the log has the stack trace already, so that the message is enough.</param>
    public static string Describe(Exception exception, bool isLogged) =>
        string.Join(Environment.NewLine, Find(exception, isLogged).Distinct(StringComparer.Ordinal));

    private static IEnumerable<string> Find(Exception exception, bool isLogged) => exception switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(inner => Find(inner, isLogged)),
        OptionsValidationException wrong => wrong.Failures,
        InvalidDataException { InnerException: FormatException } broken => [$"{broken.Message.TrimEnd('.')}: {BrokenFiles.Describe(broken)}."],
        ValidationException wrong => [wrong.Message],
        _ when isLogged => [exception.Message],
        _ => [exception.ToString()],
    };
}
