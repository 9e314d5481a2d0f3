namespace OrleansChat.Testing;

/// <summary>Files of the repository, where they lie: scripts that tests run, pages that they read.</summary>
public static class Repository
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>A file or a folder of it.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The text of a file of it.</summary>
    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    private static string Find(DirectoryInfo? directory)
    {
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "OrleansChat.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests are not within the repository.");
    }
}
