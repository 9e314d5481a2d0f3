using OrleansChat.Conversations;
using OrleansChat.Errors;

namespace OrleansChat.Transfer;

/// <summary>
/// Bounds what imports hold in memory at this node. An owner has one at a time, from before its body comes, so that whoever sends slowly keeps
/// nobody waiting but himself; and of those whose bodies are there a few are worked on. Nobody waits for long.
/// </summary>
internal sealed class ImportSlots(TimeProvider clock)
{
    /// <summary>What somebody is told who waited in vain for others.</summary>
    public const string AllTaken = "As many conversations are being imported as this server takes on at once. Try again in a moment.";

    // Each has its body in memory, and what it is made into.
    private const int AtOnce = 4;

    private static readonly TimeSpan WorkPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim work = new(AtOnce, AtOnce);
    private readonly Dictionary<OwnerId, Turn> turns = [];

    /// <summary>Waits until no other import of an owner is under way here. The next one is, once what is returned is disposed of.</summary>
    /// <exception cref="BusyException">One still was after 30 s.</exception>
    public async Task<IDisposable> TakeTurnAsync(OwnerId owner, CancellationToken cancellationToken)
    {
        Turn turn;
        lock (turns)
        {
            if (!turns.TryGetValue(owner, out turn!))
            {
                turns[owner] = turn = new Turn();
            }

            turn.Users++;
        }

        try
        {
            return await WaitAsync(
                turn.Free, TurnPatience, "You are importing a conversation already, and it takes long. Try again in a moment.", () => Leave(owner, turn), cancellationToken);
        }
        catch
        {
            Leave(owner, turn);
            throw;
        }
    }

    /// <summary>Waits for leave to work on an import whose body is there, until what is returned is disposed of.</summary>
    /// <exception cref="BusyException">There was none within 10 s.</exception>
    public Task<IDisposable> StartWorkAsync(CancellationToken cancellationToken) => WaitAsync(work, WorkPatience, AllTaken, static () => { }, cancellationToken);

    private async Task<IDisposable> WaitAsync(SemaphoreSlim free, TimeSpan time, string otherwise, Action left, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await free.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BusyException(otherwise);
        }

        return new Slot(free, left);
    }

    private void Leave(OwnerId owner, Turn turn)
    {
        lock (turns)
        {
            if (--turn.Users == 0)
            {
                turns.Remove(owner);
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Slot(SemaphoreSlim taken, Action left) : IDisposable
    {
        public void Dispose()
        {
            taken.Release();
            left();
        }
    }
}
