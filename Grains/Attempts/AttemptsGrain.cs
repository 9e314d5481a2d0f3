using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;

namespace OrleansChat.Attempts;

/// <inheritdoc cref="IAttemptsGrain"/>
/// <remarks>
/// Names are <c>auto:{fingerprint}:{window}.{number}</c>: within a window of ten minutes attempts count from 1, so that those of before
/// this activation are found by asking for few names.
/// </remarks>
internal sealed partial class AttemptsGrain(IGrainFactory grains, TimeProvider clock, ILogger<AttemptsGrain> logger) : Grain, IAttemptsGrain
{
    // Beyond this many in a window names are made up, and not found after the loss of this activation.
    private const int MaxNumber = 64;

    // Of an attempt of before this activation nobody knows whether its answer arrived. If its conversation has stirred within this
    // time, it probably was under way when the silo went, and so was lost.
    private static readonly TimeSpan Stirring = TimeSpan.FromSeconds(60);

    private readonly AttemptHistory history = new();
    private readonly Doubt doubt = new();
    private long window = -1;
    private int count;
    private int free;
    private bool hasLookedBack;

    private OwnerId Owner => OwnerId.TryParse(this.GetPrimaryKeyString().Split('/')[0], out var owner) ? owner : default;

    private string Fingerprint => this.GetPrimaryKeyString().Split('/')[1];

    public async Task<string?> Begin(OwnerId caller, string call, int? retry, TimeSpan? waited, ConversationId? conversation = null)
    {
        if (caller != Owner)
        {
            // Nobody repeats what others have asked.
            return NameOf(window, call);
        }

        if (history.CalledBy(call) is { } known)
        {
            return known.Name;
        }

        var now = clock.GetUtcNow();
        await EnterWindowAsync(now, conversation);
        if (retry != 0 && !hasLookedBack)
        {
            await FindAttemptsAsync(window - 1, now, conversation);
            hasLookedBack = true;
        }

        var attempt = history.RepeatedBy(retry, now);
        if (attempt is null)
        {
            if (history.HasOpen && waited is { } time && doubt.Lasts(time))
            {
                return null;
            }

            attempt = new Attempt(await NextNameAsync(call, now, conversation), now);
            history.Add(attempt);
        }
        else
        {
            doubt.WasRight();
            LogRepeated(logger, caller, attempt.Name);
        }

        attempt.Make(call, retry, now);
        attempt.IsOpen = waited is not null;
        return attempt.Name;
    }

    public Task End(OwnerId caller, string name)
    {
        if (caller == Owner && history.Named(name) is { } attempt)
        {
            attempt.IsOpen = false;
        }

        return Task.CompletedTask;
    }

    public Task Lose(OwnerId caller, string name, TimeSpan patience, bool isReplay = false)
    {
        if (caller == Owner)
        {
            history.Named(name)?.Lose(clock.GetUtcNow() + patience, isReplay);
        }

        return Task.CompletedTask;
    }

    public Task Forget(OwnerId caller, string name)
    {
        if (caller == Owner)
        {
            history.Remove(name);
            if (history.IsEmpty)
            {
                DeactivateOnIdle();
            }
        }

        return Task.CompletedTask;
    }

    private async Task EnterWindowAsync(DateTimeOffset now, ConversationId? conversation)
    {
        var current = now.ToUnixTimeSeconds() / (long)AttemptHistory.Memory.TotalSeconds;
        if (current != window)
        {
            // This activation remembers the one before, if it was here then.
            hasLookedBack |= window >= 0;
            count = await FindAttemptsAsync(current, now, conversation);
            free = count + 1;
            window = current;
        }
    }

    // What was refused leaves a gap, and beyond that may be names of before this activation.
    private async Task<string> NextNameAsync(string call, DateTimeOffset now, ConversationId? conversation)
    {
        while (++count <= MaxNumber)
        {
            var name = NameOf(window, $"{count}");
            if (count == free || !await FindAttemptAsync(name, now, conversation))
            {
                return name;
            }
        }

        return NameOf(window, call);
    }

    private async Task<int> FindAttemptsAsync(long searched, DateTimeOffset now, ConversationId? conversation)
    {
        var found = 0;
        while (found < MaxNumber && await FindAttemptAsync(NameOf(searched, $"{found + 1}"), now, conversation))
        {
            found++;
        }

        return found;
    }

    // Whether a name has led to anything, which is remembered then.
    private async Task<bool> FindAttemptAsync(string name, DateTimeOffset now, ConversationId? conversation)
    {
        var led = conversation ?? await grains.GetGrain<ICreationGrain>(CreationKey.Of(Owner, name)).Find(Owner);
        if (led is not { } id)
        {
            return false;
        }

        var grain = grains.GetGrain<IConversationGrain>(new ConversationKey(Owner, id).ToString());
        if (conversation is not null && await grain.MessageOf(Owner, name) is null)
        {
            return false;
        }

        if (await grain.Get(Owner) is { } found)
        {
            var stirred = found.Status == ConversationStatus.Replying ? now : found.UpdatedAt;
            var attempt = new Attempt(name, stirred);
            attempt.Lose(stirred + Stirring, isReplay: false);
            history.Add(attempt);
        }

        return true;
    }

    private string NameOf(long searched, string number) => $"auto:{Fingerprint}:{searched}.{number}";

    [LoggerMessage(LogLevel.Information, "A request of {Owner} is taken for a repetition of {Name}, and gets the answer of that.")]
    private static partial void LogRepeated(ILogger logger, OwnerId owner, string name);
}
