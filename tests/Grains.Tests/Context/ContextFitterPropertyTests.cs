using FsCheck;
using FsCheck.Fluent;
using OrleansChat.Context;

namespace OrleansChat.Grains.Tests.Context;

/// <summary>What holds for every conversation and every window.</summary>
public sealed class ContextFitterPropertyTests
{
    // A message is a byte of kind and a byte of size, so that failures shrink to the shortest conversation.
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60);

    [Fact]
    public void It_fits_by_the_estimate_or_says_that_it_does_not() => Check((items, budget) =>
    {
        var fit = ContextFitter.Fit(items, budget);
        var kept = Kept(items, fit);
        Assert.Equal(fit.Tokens, kept.Sum(i => items[i].Tokens));
        Assert.Equal(fit.Tokens <= budget, fit.Fits);
    });

    [Fact]
    public void The_systems_messages_and_the_newest_are_always_kept() => Check((items, budget) =>
    {
        var kept = Kept(items, ContextFitter.Fit(items, budget));
        Assert.All(Enumerable.Range(0, items.Count).Where(i => items[i].Role == ContextRole.System), i => Assert.Contains(i, kept));
        var lastUser = items.FindLastIndex(item => item.Role == ContextRole.User);
        Assert.All(Enumerable.Range(0, items.Count).Skip(Math.Max(0, lastUser)), i => Assert.Contains(i, kept));
    });

    [Fact]
    public void No_result_is_kept_without_its_call_and_no_call_without_its_results() => Check((items, budget) =>
    {
        var kept = Kept(items, ContextFitter.Fit(items, budget));
        foreach (var (call, result) in Links(items))
        {
            Assert.Equal(kept.Contains(call), kept.Contains(result));
        }
    });

    [Fact]
    public void More_room_keeps_at_least_as_much() => Check((items, budget) =>
    {
        var less = Kept(items, ContextFitter.Fit(items, budget));
        foreach (var more in new[] { budget + 1, budget + 7, budget * 2, budget + 1_000 })
        {
            Assert.Superset(less, Kept(items, ContextFitter.Fit(items, more)));
        }
    });

    [Fact]
    public void Nothing_is_dropped_without_need() => Check((items, budget) =>
    {
        if (items.Sum(item => item.Tokens) <= budget)
        {
            Assert.Equal(items.Count, Kept(items, ContextFitter.Fit(items, budget)).Count);
        }
    });

    private static void Check(Action<List<ContextItem>, long> property) => Prop.ForAll<byte[], byte>(
            ArbMap.Default.ArbFor<byte[]>(),
            ArbMap.Default.ArbFor<byte>(),
            (bytes, budget) => property(ItemsOf(bytes), budget * 2L))
        .Check(Thorough);

    private static List<ContextItem> ItemsOf(byte[] bytes) =>
    [
        .. bytes.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0] % 6) switch
        {
            0 => new ContextItem(ContextRole.System, pair[1] % 10),
            1 or 2 => new ContextItem(ContextRole.User, pair[1] % 40),
            3 => new ContextItem(ContextRole.Other, pair[1] % 40),

            // Ids that come again, as those of some models do, and results of no call.
            4 => new ContextItem(ContextRole.Other, pair[1] % 40) { Calls = [$"{pair[1] % 3}", $"{pair[1] % 5}"] },
            _ => new ContextItem(ContextRole.Other, pair[1] % 40) { Results = [$"{pair[1] % 3}"] },
        }),
    ];

    private static HashSet<int> Kept(List<ContextItem> items, ContextFit fit) =>
        [.. Enumerable.Range(0, items.Count).Where(i => i >= fit.Start || items[i].Role == ContextRole.System)];

    // By itself, not by the fitter's own way: each result looks back for its call.
    private static IEnumerable<(int Call, int Result)> Links(List<ContextItem> items)
    {
        for (var result = 0; result < items.Count; result++)
        {
            foreach (var id in items[result].Results)
            {
                var call = items.FindLastIndex(result, result + 1, item => item.Calls.Contains(id));
                if (call >= 0)
                {
                    yield return (call, result);
                }
            }
        }
    }
}
