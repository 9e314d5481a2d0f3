using System.Security;

namespace OrleansChat.Models;

/// <summary>Reads keys out of files, where secrets are mounted as such.</summary>
internal static class KeyFiles
{
    // Longer than any key, and short enough to be read at a glance.
    private const int MostBytes = 16 * 1024;

    /// <summary>Reads an endpoint's key, if it has a file for it; what is wrong with that goes to the failures.</summary>
    public static void Read(EndpointOptions endpoint, ModelsOptions options)
    {
        if (endpoint.ApiKeyFile is not { } file)
        {
            return;
        }

        var key = TryRead(file);
        options.KeyFiles[file] = key;
        if (endpoint.ApiKey is not null)
        {
            options.Failures.Add($"{endpoint.Path}:{nameof(endpoint.ApiKey)} and {endpoint.Path}:{nameof(endpoint.ApiKeyFile)} are both set; one of them has to go.");
        }
        else if (string.IsNullOrEmpty(key))
        {
            options.Failures.Add(
                $"{endpoint.Path}:{nameof(endpoint.ApiKeyFile)} must name a file of at most {MostBytes} bytes that can be read and has a key in it.");
        }

        endpoint.ApiKey ??= key;
    }

    /// <summary>What is in the file, without what surrounds it; null where it cannot be read.</summary>
    public static string? TryRead(string file)
    {
        try
        {
            return new FileInfo(file).Length <= MostBytes ? File.ReadAllText(file).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
