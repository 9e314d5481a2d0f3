using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;
using OrleansChat.Journal;
using OrleansChat.Storage.PostgreSql.Reading;

namespace OrleansChat.Storage.PostgreSql.Appending;

/// <summary>Makes one transaction of many appends, and finds out what came of each.</summary>
internal sealed class GroupCommit(ConnectionPools pools, CommitOutage outage)
{
    // A statement has to fit into the server's memory, and into its 1 GiB for a value.
    private const int MaxStatementBytes = 16 * 1024 * 1024;

    private readonly InDoubtAppends inDoubt = new();

    /// <inheritdoc cref="IConversationStore.AppendAsync" />
    public async Task<ImmutableArray<AppendOutcome>> AppendAsync(IReadOnlyList<JournalAppend> appends, CancellationToken cancellationToken)
    {
        var outcomes = new AppendOutcome[appends.Count];
        var prepared = new List<(PreparedAppend Append, int Place)>(appends.Count);
        for (var i = 0; i < outcomes.Length; i++)
        {
            try
            {
                prepared.Add((new PreparedAppend(appends[i]), i));
            }
            catch (InvalidOperationException e)
            {
                outcomes[i] = new AppendOutcome.Failed(e);
            }
        }

        // Rows are locked in this order by every process, so none waits for another that waits for it.
        prepared.Sort(static (x, y) => Compare(x.Append, y.Append));
        foreach (var part in Parts(prepared))
        {
            var came = await CommitAsync(part.ConvertAll(static item => item.Append), cancellationToken);
            for (var i = 0; i < came.Length; i++)
            {
                outcomes[part[i].Place] = came[i];
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(outcomes);
    }

    private static int Compare(PreparedAppend x, PreparedAppend y)
    {
        var (a, b) = (x.Append.Key, y.Append.Key);
        var owners = string.CompareOrdinal(a.Owner.Value, b.Owner.Value);
        return owners != 0 ? owners : string.CompareOrdinal(a.Id.Value, b.Id.Value);
    }

    private static IEnumerable<List<(PreparedAppend Append, int Place)>> Parts(List<(PreparedAppend Append, int Place)> all)
    {
        var start = 0;
        var bytes = 0L;
        for (var i = 0; i < all.Count; i++)
        {
            var size = all[i].Append.Append.Block.Lines.Length;
            if (bytes + size > MaxStatementBytes && i > start)
            {
                yield return all[start..i];
                (start, bytes) = (i, 0);
            }

            bytes += size;
        }

        if (all.Count > start)
        {
            yield return all[start..];
        }
    }

    private async Task<AppendOutcome[]> CommitAsync(List<PreparedAppend> appends, CancellationToken cancellationToken)
    {
        await outage.PauseAsync(cancellationToken);
        var sent = false;
        try
        {
            var connection = await pools.Commits.OpenConnectionAsync(cancellationToken);
            sent = true;
            var happened = await ExecuteAsync(connection, appends, cancellationToken);
            outage.Over();
            return await OutcomesAsync(appends, happened, cancellationToken);
        }
        catch (Exception e) when (DatabaseFailures.IsRefusalOfData(e) && appends.Count > 1)
        {
            // One of them is what the server refuses; the others are not to pay for it.
            var half = appends.Count / 2;
            return
            [
                .. await CommitAsync(appends[..half], cancellationToken),
                .. await CommitAsync(appends[half..], cancellationToken),
            ];
        }
        catch (Exception e)
        {
            if (sent && !DatabaseFailures.IsRefusal(e))
            {
                appends.ForEach(append => inDoubt.Add(append.Append));
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (!DatabaseFailures.IsRefusalOfData(e))
            {
                outage.Failed(e);
            }

            return [.. appends.Select(_ => new AppendOutcome.Failed(e))];
        }
    }

    // When a network goes silent, the driver takes twice its connection timeout more to notice that it cannot cancel the statement
    // either. Nobody waits for that: it is done with in the background.
    private async Task<bool[]> ExecuteAsync(NpgsqlConnection connection, List<PreparedAppend> appends, CancellationToken cancellationToken)
    {
        var execution = AppendStatement.ExecuteAsync(connection, appends, cancellationToken);
        try
        {
            return await execution.WaitAsync(pools.CommandTimeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            _ = execution.ContinueWith(
                static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    private async Task<AppendOutcome[]> OutcomesAsync(List<PreparedAppend> appends, bool[] happened, CancellationToken cancellationToken)
    {
        var outcomes = new AppendOutcome[appends.Count];
        var rejected = new List<int>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = AppendOutcome.Committed.Instance;
            if (happened[i])
            {
                inDoubt.Remove(appends[i].Append);
            }
            else
            {
                rejected.Add(i);
            }
        }

        if (rejected.Count > 0)
        {
            var found = await FindOutAsync(rejected.ConvertAll(i => appends[i].Append), cancellationToken);
            for (var i = 0; i < found.Length; i++)
            {
                outcomes[rejected[i]] = found[i];
            }
        }

        return outcomes;
    }

    // A statement sees the rows as they were when it began, so where somebody else was quicker the head takes another to see.
    private async Task<AppendOutcome[]> FindOutAsync(List<JournalAppend> rejected, CancellationToken cancellationToken)
    {
        var outcomes = new AppendOutcome[rejected.Count];
        try
        {
            var heads = await CurrentHeads.ReadAsync(pools.Commits, rejected.ConvertAll(static append => append.Key), cancellationToken);
            for (var i = 0; i < outcomes.Length; i++)
            {
                var append = rejected[i];
                var own = heads[i] >= append.Block.Last && inDoubt.Contains(append) && await HasHappenedAsync(append, cancellationToken);
                outcomes[i] = own ? AppendOutcome.Committed.Instance : new AppendOutcome.Fenced(heads[i]);
                inDoubt.Remove(append);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            for (var i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] ??= new AppendOutcome.Failed(e);
            }
        }

        return outcomes;
    }

    private async Task<bool> HasHappenedAsync(JournalAppend append, CancellationToken cancellationToken)
    {
        var events = await JournalReader.ReadThroughAsync(pools.Commits, append.Key, append.ExpectedHead, append.Block.Last, cancellationToken);
        return InDoubtAppends.IsIn(append, events);
    }
}
