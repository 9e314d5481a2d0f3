using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files.Keys;

/// <summary>Keeps others, in this process and in any other, from changing what is in a folder.</summary>
internal static class FolderLock
{
    /// <summary>Takes the lock; dispose of the result to let go.</summary>
    /// <exception cref="StorageUnavailableException">Somebody has held it for longer than <paramref name="patience"/>.</exception>
    public static async Task<IDisposable> TakeAsync(string folder, TimeSpan patience, TimeSpan pause, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception e) when (Failures.IsOfMedium(e) && (e is UnauthorizedAccessException || TimeProvider.System.GetElapsedTime(start) > patience))
            {
                throw new StorageUnavailableException("The folder of the keys cannot be changed.", e);
            }
            catch (IOException)
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }
}
