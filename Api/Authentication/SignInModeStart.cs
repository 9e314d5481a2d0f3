using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using OrleansChat.Errors;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>
/// Finds out, before the server listens, by what callers are let in: what is configured, and otherwise whether a key was ever made. Where that
/// cannot be asked yet it waits, as for silos.
/// </summary>
internal sealed partial class SignInModeStart(
    IOptions<SignInOptions> options,
    SignInMode mode,
    IGrainFactory grains,
    IDataProtectionProvider protection,
    TimeProvider clock,
    ILogger<SignInModeStart> logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var proxy = options.Value.Proxy.IsOn;
        mode.Set(options.Value.Keys ?? await AnyKeysAsync(cancellationToken), proxy);
        if (mode.IsLocal)
        {
            LogLocal(logger);
            return;
        }

        LogSignIn(logger, (mode.HasKeys, mode.HasProxy) switch
        {
            (true, true) => "keys, and a proxy",
            (true, false) => "keys",
            _ => "a proxy",
        });
        WarmUp();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> AnyKeysAsync(CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return await grains.GetGrain<IKeysGrain>(0).Any();
            }
            catch (Exception e) when (Unavailability.IsTransient(e))
            {
                if (isFirst)
                {
                    LogWaiting(logger, e.Message);
                }
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    // The first sealing reads the cluster's keys, or makes the first one; better now than while somebody waits.
    private void WarmUp()
    {
        try
        {
            _ = protection.CreateProtector("start").Protect([]);
        }
        catch (Exception e)
        {
            LogNoSigningKeys(logger, e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Nobody signs in: whoever is on this machine is the owner 'local', and nobody else can connect. ./run keys add makes a first key, and from the next start on everybody needs one.")]
    private static partial void LogLocal(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Callers sign in by {Means}.")]
    private static partial void LogSignIn(ILogger logger, string means);

    [LoggerMessage(LogLevel.Warning, "Whether there are keys cannot be asked yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "What sessions and tickets are sealed with cannot be had yet.")]
    private static partial void LogNoSigningKeys(ILogger logger, Exception exception);
}
