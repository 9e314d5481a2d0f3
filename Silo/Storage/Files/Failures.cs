using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>Tells what the medium refuses from what is wrong with the data or the program.</summary>
internal static class Failures
{
    /// <summary>Whether the file system said no, for any reason from a full disk to a missing permission.</summary>
    public static bool IsOfMedium(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>Does work with files away from the caller's scheduler, which may be a grain's, and gives failures the store's name.</summary>
    /// <exception cref="StorageUnavailableException">The medium failed.</exception>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                return work();
            }
            catch (Exception e) when (IsOfMedium(e))
            {
                throw new StorageUnavailableException("The files of the conversations cannot be used.", e);
            }
        },
        cancellationToken);
}
