using Microsoft.Extensions.Options;
using OrleansChat.Models;

namespace OrleansChat.Hosting;

/// <summary>Says in a few words, above the stack trace, why a program cannot start with its configuration.</summary>
public static class StartMistakes
{
    /// <summary>Has mistakes told for the life of the process. Before anything reads the configuration.</summary>
    public static void Tell() => AppDomain.CurrentDomain.UnhandledException += static (_, thrown) =>
    {
        foreach (var mistake in Find(thrown.ExceptionObject as Exception).Distinct(StringComparer.Ordinal))
        {
            Console.Error.WriteLine(mistake);
        }
    };

    private static IEnumerable<string> Find(Exception? exception) => exception switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Find),
        OptionsValidationException wrong => wrong.Failures,
        InvalidDataException { InnerException: FormatException } broken => [$"{broken.Message.TrimEnd('.')}: {BrokenFiles.Describe(broken)}."],
        _ => [],
    };
}
