namespace OrleansChat.Storage.Files;

/// <summary>Makes the data directory where there is none, and keeps a second process off it for as long as this one lives.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="InvalidOperationException">Somebody else holds it, or the directory cannot be made or written.</exception>
    public DirectoryLock(StorePaths paths, Disk disk)
    {
        try
        {
            disk.CreateDirectory(paths.Conversations);
            disk.CreateDirectory(paths.Transient);
            file = new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new InvalidOperationException(
                $"The data directory '{paths.Root}' is in use by another process. "
                + "Stop that process, or give this one a directory of its own in Storage:Path.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The data directory '{paths.Root}', which Storage:Path names, cannot be made or written: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    // .NET has no exception of its own for this: the code is EWOULDBLOCK of Linux or macOS, or ERROR_SHARING_VIOLATION.
    private static bool IsSharingViolation(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
