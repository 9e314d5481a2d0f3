using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Models;

/// <summary>
/// Remembers which configuration files could not be read when they changed. .NET has them be empty from then on, and says nothing; what
/// they held must not be taken for removed.
/// </summary>
internal sealed partial class BrokenFiles(ILogger logger)
{
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly HashSet<string> files = new(StringComparer.Ordinal);

    /// <summary>Begins to notice what happens to the configuration's files.</summary>
    public void Watch(IConfiguration configuration)
    {
        foreach (var source in (configuration as IConfigurationBuilder)?.Sources.OfType<FileConfigurationSource>() ?? [])
        {
            var before = source.OnLoadException;
            source.OnLoadException = failed =>
            {
                Add(failed);
                before?.Invoke(failed);
            };
        }
    }

    /// <summary>Whether any is broken still.</summary>
    public bool Any()
    {
        lock (files)
        {
            files.RemoveWhere(IsWhole);
            return files.Count > 0;
        }
    }

    /// <summary>What is wrong with a file that could not be read, with the line, from 1, where that is known.</summary>
    public static string Describe(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is JsonException { LineNumber: { } line })
            {
                return $"line {line + 1} is no JSON";
            }
        }

        return exception.InnerException?.Message ?? exception.Message;
    }

    private static bool IsWhole(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Tolerant);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return e is FileNotFoundException;
        }
    }

    private void Add(FileLoadExceptionContext failed)
    {
        var source = failed.Provider.Source;
        var file = source.FileProvider?.GetFileInfo(source.Path ?? "").PhysicalPath ?? source.Path ?? "";
        lock (files)
        {
            files.Add(file);
        }

        LogBroken(logger, file, Describe(failed.Exception));
    }

    [LoggerMessage(LogLevel.Error, "{File} has changed and cannot be read: {Mistake}. All that was configured stays as it was.")]
    private static partial void LogBroken(ILogger logger, string file, string mistake);
}
