using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace OrleansChat.Models;

/// <summary>
/// Has the silo go on with other models when the configuration, or a file with a key, changes. What is wrong is told in the log, and
/// changes nothing.
/// </summary>
internal sealed partial class ModelReload(
    IConfiguration configuration,
    IOptionsFactory<ModelsOptions> factory,
    IOptions<ModelsOptions> started,
    ModelCatalog catalog,
    TimeProvider time,
    ILogger<ModelReload> logger) : IHostedService, IDisposable
{
    // Mounted secrets are swapped by links, of which watchers of files know nothing.
    private static readonly TimeSpan KeyFilePeriod = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly BrokenFiles broken = new(logger);
    private Dictionary<string, string?> keys = started.Value.KeyFiles;
    private IDisposable? watching;
    private ITimer? timer;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        broken.Watch(configuration);
        watching = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        timer = time.CreateTimer(static self => ((ModelReload)self!).CheckKeyFiles(), this, KeyFilePeriod, KeyFilePeriod);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watching?.Dispose();
        timer?.Dispose();
    }

    private void CheckKeyFiles()
    {
        if (keys.Any(key => KeyFiles.TryRead(key.Key) != key.Value))
        {
            Reload();
        }
    }

    // On whichever thread noticed the change, where nobody would hear of an exception.
    private void Reload()
    {
        lock (gate)
        {
            try
            {
                if (broken.Any())
                {
                    return;
                }

                var options = factory.Create(Options.DefaultName);
                catalog.Replace(options);
                keys = options.KeyFiles;
                LogReloaded(logger);
            }
            catch (OptionsValidationException e)
            {
                Remember();
                LogMistakes(logger, string.Join(' ', e.Failures));
            }
            catch (Exception e)
            {
                LogFailed(logger, e);
            }
        }
    }

    // A file that has become wrong is told of once, and not every few seconds.
    private void Remember() => keys = keys.Keys.ToDictionary(file => file, KeyFiles.TryRead, StringComparer.Ordinal);

    [LoggerMessage(LogLevel.Information, "The configuration of the models was read again; new replies follow it.")]
    private static partial void LogReloaded(ILogger logger);

    [LoggerMessage(LogLevel.Error, "The configuration of the models has changed and is wrong, so the models stay as they were. {Mistakes}")]
    private static partial void LogMistakes(ILogger logger, string mistakes);

    [LoggerMessage(LogLevel.Error, "The configuration of the models could not be read again, so the models stay as they were.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
