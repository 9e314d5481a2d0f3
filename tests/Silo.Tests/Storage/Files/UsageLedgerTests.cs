using OrleansChat.Events;
using OrleansChat.Usage;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>What replies cost, written down by a compaction that is cut off anywhere: each is counted once.</summary>
public sealed class UsageLedgerTests : FilesStoreTests
{
    private static readonly DateOnly Day = new(2026, 8, 1);
    private static readonly UsageRow Expected = new(Day, "gpt", "USD", 2, 0, 123, 0, 45, 0, 0.05m);

    [Fact]
    public async Task Cut_off_at_any_byte_of_either_file_each_reply_counts_once()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a").Paid("gpt", new TokenUsage(100, 40), new ReplyCost(0.02m, "USD")));
        await CommitAsync(script.Asked().Started().Said("b").Paid("gpt", new TokenUsage(23, 5), new ReplyCost(0.03m, "USD")));
        var before = Directory.Read();
        Assert.Equal([Expected], await UsageAsync());
        await Store.CompactAsync(script.Key, default);
        var after = Directory.Read();
        var ledger = Assert.Single(after.Keys, file => !before.ContainsKey(file));
        Assert.StartsWith(Path.Combine(Directory.Path, "usage"), ledger, StringComparison.Ordinal);
        var main = Directory.Main(script.Key);
        Close();

        for (var cut = 0; cut <= after[ledger].Length; cut++)
        {
            await CheckAsync(new Dictionary<string, byte[]>(before) { [ledger] = after[ledger][..cut] });
        }

        for (var cut = before[main].Length; cut <= after[main].Length; cut++)
        {
            await CheckAsync(new Dictionary<string, byte[]>(before) { [ledger] = after[ledger], [main] = after[main][..cut] });
        }

        async Task CheckAsync(Dictionary<string, byte[]> image)
        {
            Directory.Write(image);
            Assert.Equal([Expected], await UsageAsync());
            await Store.CompactAsync(script.Key, default);
            Assert.Equal([Expected], await UsageAsync());
            Kill();
            Assert.Equal([Expected], await UsageAsync());
            Close();
        }
    }

    [Fact]
    public async Task Cut_off_while_it_is_deleted_a_conversation_still_counts_once()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a").Paid("gpt", new TokenUsage(123, 45), new ReplyCost(0.05m, "USD")));
        var before = Directory.Read();
        await Store.DeleteAsync(script.Key, default);
        var ledger = Assert.Single(Directory.Read(), file => file.Key.Contains("usage", StringComparison.Ordinal));
        Close();
        var gone = new Dictionary<string, byte[]>(before) { [ledger.Key] = ledger.Value };
        gone.Remove(Directory.Main(script.Key));

        foreach (var image in new[] { gone, new Dictionary<string, byte[]>(before) { [ledger.Key] = ledger.Value } })
        {
            Directory.Write(image);
            Assert.Equal([Expected with { Replies = 1 }], await UsageAsync());
            Kill();
            Assert.Equal([Expected with { Replies = 1 }], await UsageAsync());
            Close();
        }
    }

    [Fact]
    public async Task A_damaged_line_is_an_error_that_names_it()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a").Paid("gpt", new TokenUsage(123, 45)));
        await Store.CompactAsync(script.Key, default);
        var file = Directory.Read().Keys.Single(file => file.Contains("usage", StringComparison.Ordinal));
        await File.WriteAllTextAsync(file, $"not a line\n{await File.ReadAllTextAsync(file)}");

        var error = await Assert.ThrowsAsync<InvalidDataException>(UsageAsync);

        Assert.Contains($"{file}, line 1", error.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<UsageRow>> UsageAsync() => await Store.ReadUsageAsync(Owner, Day, Day, default);
}
