using System.Collections.Concurrent;
using OrleansChat.Journal;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    private const int Conversations = 64;

    [SuiteFact]
    public async Task Many_conversations_are_written_read_and_compacted_at_once()
    {
        var scripts = Enumerable.Range(0, Conversations).Select(_ => NewConversation()).ToList();

        await Task.WhenAll(scripts.Select(script => Task.Run(() => TalkAsync(script))));

        foreach (var script in scripts)
        {
            await AssertHoldsAsync(script);
        }

        await ReopenAsync();
        Assert.Equal(Conversations, (await ListAsync(Owner, 1000, null)).Count);
        foreach (var script in scripts)
        {
            await AssertHoldsAsync(script);
        }
    }

    [SuiteFact]
    public async Task Of_two_writers_on_one_conversation_exactly_one_wins_each_sequence()
    {
        const int Turns = 100;
        var script = NewConversation();
        await CommitAsync(script.Created());
        var won = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            for (var head = 1L; head <= Turns;)
            {
                switch (await AppendAsync(At(script, head)))
                {
                    case AppendOutcome.Committed:
                        won.Add(++head);
                        break;
                    case AppendOutcome.Fenced fenced:
                        Assert.True(fenced.Head > head);
                        head = fenced.Head;
                        break;
                    case var other:
                        Assert.Fail($"Writer {writer}: {other}");
                        break;
                }
            }
        })));

        Assert.Equal(Enumerable.Range(2, Turns).Select(i => (long)i), won.Order());
        Assert.Equal(Turns + 1, (await Store.ReadLinesAsync(script.Key)).Count);
    }

    [SuiteFact]
    public async Task Readers_of_a_running_reply_see_a_growing_journal_without_gaps()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var lines = new List<string>();
            bool last;
            do
            {
                last = done.IsCancellationRequested;
                lines.AddRange(await Store.ReadLinesAsync(script.Key, lines.Count, 500));
            }
            while (!last);
            return lines;
        })).ToList();

        for (var i = 0; i < 100; i++)
        {
            await CommitAsync(script.Said($"{i} ", "and "));
        }

        await CommitAsync(script.Completed());
        await Store.CompactAsync(script.Key, default);
        await done.CancelAsync();

        foreach (var lines in await Task.WhenAll(readers))
        {
            Assert.Equal(script.Lines, lines);
        }
    }

    private async Task TalkAsync(ConversationScript script)
    {
        await CommitAsync(script.Created());
        for (var turn = 0; turn < 3; turn++)
        {
            await CommitAsync(script.Asked().Started());
            for (var i = 0; i < 5; i++)
            {
                await CommitAsync(script.Said($"{i} ", "and "));
                Assert.Equal(script.Lines[^3..], await Store.ReadLinesAsync(script.Key, script.Head - 3));
            }

            await CommitAsync(script.Completed());
            await Store.CompactAsync(script.Key, default);
            Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key, 0, 400));
        }
    }
}
