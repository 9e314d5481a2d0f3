using System.Globalization;

namespace OrleansChat.Edge.Connections;

/// <summary>How many files, connections among them, this process may have open.</summary>
internal static class OpenFileLimit
{
    private const string Path = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>The limit; <see cref="long.MaxValue"/> where there is none, or nobody tells. On Linux .NET raises the soft limit to the hard one.</summary>
    public static long Read()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Path))
        {
            return long.MaxValue;
        }

        // Max open files            1024                 524288               files
        var line = Array.Find(File.ReadAllLines(Path), line => line.StartsWith(Name, StringComparison.Ordinal));
        return line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var hard, ..]
            && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var files)
                ? files
                : long.MaxValue;
    }
}
