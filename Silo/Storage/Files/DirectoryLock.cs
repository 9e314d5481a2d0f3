namespace OrleansChat.Storage.Files;

/// <summary>Keeps a second process off the data directory, for as long as the process lives.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="InvalidOperationException">Somebody else holds it.</exception>
    public DirectoryLock(StorePaths paths)
    {
        try
        {
            file = new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new InvalidOperationException(
                $"The data directory '{paths.Root}' is in use by another process. "
                + "Stop that process, or give this one a directory of its own in Storage:Path.",
                e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    // .NET has no exception of its own for this: the code is EWOULDBLOCK of Linux or macOS, or ERROR_SHARING_VIOLATION.
    private static bool IsSharingViolation(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
