namespace OrleansChat.Benchmarks.Servers;

/// <summary>
/// The data of servers that have ended. It goes when the program does, and not before: for minutes after a thousand files were deleted ext4 looks at
/// each of their inodes before it makes a new file (<c>recently_deleted</c>), which was a quarter of what the next run's first tokens cost.
/// </summary>
internal static class Leftovers
{
    private static readonly List<string> s_folders = [];

    /// <summary>Has a folder deleted at the end.</summary>
    public static void Add(string folder) => s_folders.Add(folder);

    /// <summary>Deletes all.</summary>
    public static void Delete()
    {
        foreach (var folder in s_folders)
        {
            Directory.Delete(folder, recursive: true);
        }

        s_folders.Clear();
    }
}
