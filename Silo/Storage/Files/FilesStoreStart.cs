using Microsoft.Extensions.Hosting;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Makes the store with the host rather than with the first conversation, so that a directory that cannot be used stops the start.
/// </summary>
internal sealed class FilesStoreStart : IHostedService
{
    /// <summary>Takes the store only to have it made.</summary>
    public FilesStoreStart(FilesConversationStore store) => ArgumentNullException.ThrowIfNull(store);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
