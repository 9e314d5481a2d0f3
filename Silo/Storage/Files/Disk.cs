using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OrleansChat.Storage.Files;

/// <summary>The file system as <see cref="Durability"/> asks for it: with <see cref="Durability.Process"/>, nothing is flushed.</summary>
internal sealed partial class Disk(Durability durability)
{
    /// <summary>Whether writing waits for the disk.</summary>
    public bool Waits => durability == Durability.Machine;

    /// <summary>Flushes what was written to a file.</summary>
    public void Flush(SafeFileHandle file)
    {
        if (Waits)
        {
            RandomAccess.FlushToDisk(file);
        }
    }

    /// <summary>Flushes the entries of a directory: a file that was flushed is lost all the same if its name is not on the disk.</summary>
    public void FlushDirectory(string path)
    {
        // Windows cannot flush directories; NTFS journals its names.
        if (!Waits || OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no directories.
        var descriptor = Open(path, flags: 0);
        if (descriptor < 0)
        {
            throw Failure(path);
        }

        var flushed = Sync(descriptor);
        var failure = flushed < 0 ? Failure(path) : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Finds out whether files can be made and written, by one byte in a file that is there for nothing else.</summary>
    public void TryOut(string path)
    {
        using var file = JournalFile.Open(path, FileMode.OpenOrCreate);
        RandomAccess.Write(file, "\n"u8, 0);
        Flush(file);
    }

    /// <summary>Makes a directory and what is missing above it.</summary>
    public void CreateDirectory(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return;
        }

        if (!Directory.Exists(path))
        {
            CreateDirectory(parent);
            Directory.CreateDirectory(path);
        }

        // Also when it exists: whoever made it may have gone before this.
        FlushDirectory(parent);
    }

    /// <summary>Deletes a file that may be missing.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is missing too.
        }
    }

    /// <summary>Deletes a file that may be missing. Returns why it cannot, and null when it is gone.</summary>
    public static Exception? TryDelete(string path)
    {
        try
        {
            Delete(path);
            return null;
        }
        catch (Exception e) when (Failures.IsOfMedium(e))
        {
            return e;
        }
    }

    private static IOException Failure(string path) =>
        new($"The directory '{path}' could not be flushed: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
