using System.Text;

namespace OrleansChat.Storage.Files.Keys;

/// <summary>Files that are there whole or not at all, and that nobody else on the machine may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OfFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolders = OfFiles | UnixFileMode.UserExecute;

    /// <summary>Makes a folder.</summary>
    public static void CreateFolder(string path, Disk disk)
    {
        var parent = Path.GetDirectoryName(path)!;
        disk.CreateDirectory(parent);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OfFolders);
        }

        disk.FlushDirectory(parent);
    }

    /// <summary>Writes a file in the place of what was there.</summary>
    public static void Write(string path, string text, Disk disk)
    {
        var next = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OfFiles;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush();
            disk.Flush(file.SafeFileHandle);
        }

        File.Move(next, path, overwrite: true);
        disk.FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Reads a file; null where there is none.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
