using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>
/// The keys that this node has been shown. What it knows of one it believes for <see cref="SignInOptions.Recheck"/>; for as long as streams
/// are open that a key let in, it goes on asking.
/// </summary>
internal sealed partial class KnownKeys(
    IGrainFactory grains, IOptions<SignInOptions> options, TimeProvider clock, OpenStreams open, ILogger<KnownKeys> logger) : BackgroundService
{
    // What callers make up takes room too, until it is forgotten.
    private const int Most = 10_000;

    // A flood of made-up keys is not to stand in the way of those that are asked for anew.
    private const int FirstLooksAtOnce = 16;

    // A call to a silo that was killed gets no answer; by the next one the cluster may know better.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UsePeriod = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, KnownKey> keys = new(StringComparer.Ordinal);

    // Apart from the others, so that none of these is forgotten, not even one that was about to be when its stream began.
    private readonly ConcurrentDictionary<KnownKey, bool> ofStreams = [];

    private readonly SemaphoreSlim firstLooks = new(FirstLooksAtOnce, FirstLooksAtOnce);

    private TimeSpan Recheck => options.Value.Recheck;

    private IKeysGrain Grain => grains.GetGrain<IKeysGrain>(0);

    /// <summary>The key that a caller shows; null where there is none that works.</summary>
    /// <exception cref="OrleansException">Nobody answers for now.</exception>
    /// <exception cref="StorageUnavailableException">The store cannot be read.</exception>
    /// <exception cref="BusyException">It is not known here, and so many others are asked for that it did not come to this one.</exception>
    public async ValueTask<KnownKey?> FindShownAsync(string? text) =>
        KeyText.TryReadId(text, out var id) && await FindAsync(id) is { IsGood: true } known && known.Key!.IsHeldBy(text) ? Used(known) : null;

    /// <summary>The key behind a session or a ticket; null where it does not work any more.</summary>
    /// <inheritdoc cref="FindShownAsync" path="/exception"/>
    public async ValueTask<KnownKey?> FindGoodAsync(string id) => await FindAsync(id) is { IsGood: true } known ? Used(known) : null;

    /// <summary>A stream is open that a key let in: from now on it is asked for again and again, until <see cref="Release"/>.</summary>
    public void Hold(KnownKey known)
    {
        known.StreamOpened();
        ofStreams.TryAdd(known, true);
    }

    /// <summary>Such a stream has ended.</summary>
    public static void Release(KnownKey known) => known.StreamClosed();

    /// <summary>Hears anew of a key that has just changed.</summary>
    public Task ChangedAsync(string id) =>
        Task.WhenAll(ofStreams.Keys.Where(known => known.Id == id).Append(keys.GetValueOrDefault(id)).OfType<KnownKey>().Distinct().Select(known => AskQuietlyAsync(known, anew: true)));

    /// <inheritdoc />
    public override void Dispose()
    {
        firstLooks.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Recheck / 4, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (known, _) in ofStreams)
                {
                    Look(known);
                }

                Forget(10 * Recheck);
            }
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
    }

    private void Look(KnownKey known)
    {
        if (!known.HasStreams)
        {
            ofStreams.TryRemove(known, out _);
            if (known.HasStreams)
            {
                // One has begun in between.
                ofStreams.TryAdd(known, true);
            }
        }
        else if (!known.IsGood)
        {
            // It has expired, or some of its streams were not looking when it was revoked.
            open.WakeAll();
        }
        else if (known.Age >= Recheck / 2)
        {
            _ = AskQuietlyAsync(known);
        }
    }

    private async ValueTask<KnownKey> FindAsync(string id)
    {
        if (!keys.TryGetValue(id, out var known))
        {
            if (keys.Count >= Most)
            {
                MakeRoom();
            }

            known = keys.GetOrAdd(id, new KnownKey(id, clock));
        }

        var age = known.Age;
        if (age >= Recheck)
        {
            await AskAsync(known);
        }
        else if (age >= Recheck / 2 && known.IsGood)
        {
            // Whoever comes after that does not have to wait.
            _ = AskQuietlyAsync(known);
        }

        return known;
    }

    // First of what does not exist: otherwise whoever makes up enough has those looked up anew that do.
    private void MakeRoom()
    {
        foreach (var known in keys.Values.Where(known => known.Key is null))
        {
            keys.TryRemove(known.Id, out _);
        }

        if (keys.Count >= Most)
        {
            Forget(TimeSpan.Zero);
        }
    }

    private void Forget(TimeSpan age)
    {
        foreach (var known in keys.Values.Where(known => known.Age >= age))
        {
            keys.TryRemove(known.Id, out _);
        }
    }

    private async Task AskAsync(KnownKey known, bool anew = false)
    {
        Func<string, Task<ApiKey?>> find = known.Key is null ? LookFirstAsync : LookAsync;
        await (anew ? known.AskAnewAsync(find) : known.AskAsync(find));
        if (known is { IsGood: false, HasStreams: true })
        {
            open.WakeAll();
        }
    }

    private Task<ApiKey?> LookAsync(string id) => Patience.ReadAsync(() => Grain.Find(id).WaitAsync(AnswerTime, clock), clock);

    private async Task<ApiKey?> LookFirstAsync(string id)
    {
        if (!await firstLooks.WaitAsync(TimeSpan.Zero))
        {
            await WaitForLookAsync();
        }

        try
        {
            return await LookAsync(id);
        }
        finally
        {
            firstLooks.Release();
        }
    }

    private async Task WaitForLookAsync()
    {
        using var patience = new CancellationTokenSource(AnswerTime, clock);
        try
        {
            await firstLooks.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new BusyException("More keys come that are new to this server than it can look up at once. Try again in a moment.");
        }
    }

    private async Task AskQuietlyAsync(KnownKey known, bool anew = false)
    {
        try
        {
            await AskAsync(known, anew);
        }
        catch (Exception e)
        {
            // Whoever comes with it next asks again, and streams are read on meanwhile: nothing is known against them.
            LogNotRechecked(logger, e, known.Id);
        }
    }

    private KnownKey Used(KnownKey known)
    {
        var now = clock.GetTimestamp();
        if (known.UseToldAt is not { } last || clock.GetElapsedTime(last, now) >= UsePeriod)
        {
            known.UseToldAt = now;
            _ = TellUseAsync(known);
        }

        return known;
    }

    private async Task TellUseAsync(KnownKey known)
    {
        try
        {
            await Grain.Used(known.Id);
        }
        catch (Exception e)
        {
            // It is told again in a minute.
            LogUseNotTold(logger, e, known.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The key {Key} could not be looked at again for now.")]
    private static partial void LogNotRechecked(ILogger logger, Exception exception, string key);

    [LoggerMessage(LogLevel.Warning, "That the key {Key} is used could not be noted for now.")]
    private static partial void LogUseNotTold(ILogger logger, Exception exception, string key);
}
