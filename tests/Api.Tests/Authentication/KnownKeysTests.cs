using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Keys;
using OrleansChat.OwnerFeeds;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>What a node knows of keys, by a clock that the tests move.</summary>
public sealed class KnownKeysTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly FakeKeys cluster = new();
    private readonly SignInOptions options = new();
    private readonly KnownKeys keys;
    private readonly string text;
    private readonly ApiKey key;

    public KnownKeysTests()
    {
        (text, key) = ApiKey.Make("x", OwnerId.Local, Scope.Write, null, clock);
        cluster.Keys[key.Id] = key;
        var node = NodeId.New();
        var open = new OpenStreams(
            new ConversationFeeds(_ => throw new NotSupportedException(), new FeedNumbers(node), clock), new OwnerFeedRegistry(_ => throw new NotSupportedException(), new FeedNumbers(node), clock));
        keys = new KnownKeys(cluster.Grains, Options.Create(options), clock, open, NullLogger<KnownKeys>.Instance);
    }

    public void Dispose() => keys.Dispose();

    [Fact]
    public async Task A_key_is_asked_for_once_and_again_when_its_time_is_up()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull(await keys.FindShownAsync(text));
        }

        Assert.Equal((1, 1), (cluster.Asked, cluster.Uses));
        clock.Advance(options.Recheck);
        cluster.Keys[key.Id] = key with { RevokedAt = clock.GetUtcNow() };

        Assert.Null(await keys.FindShownAsync(text));
        Assert.Null(await keys.FindGoodAsync(key.Id));
        Assert.Equal(2, cluster.Asked);
    }

    [Fact]
    public async Task Halfway_it_is_asked_for_without_anybody_waiting()
    {
        await keys.FindShownAsync(text);
        clock.Advance(options.Recheck / 2);
        cluster.Keys[key.Id] = key with { RevokedAt = clock.GetUtcNow() };
        var answer = new TaskCompletionSource();
        cluster.Answering = answer.Task;

        Assert.NotNull(await keys.FindShownAsync(text));

        answer.SetResult();
        await Waiting.ForAsync(async () => await keys.FindShownAsync(text) is null);
    }

    [Fact]
    public async Task A_change_is_not_told_by_the_answer_to_a_question_from_before_it()
    {
        await keys.FindShownAsync(text);
        clock.Advance(options.Recheck / 2);
        var answer = new TaskCompletionSource();
        cluster.Answering = answer.Task;
        await keys.FindShownAsync(text);
        await Waiting.ForAsync(() => cluster.Asking == 1);

        var changed = keys.ChangedAsync(key.Id);
        answer.SetResult();
        await changed;

        Assert.Equal(3, cluster.Asked);
    }

    [Fact]
    public async Task An_id_without_its_secret_is_worth_nothing_and_what_is_no_key_is_not_asked_for()
    {
        Assert.Null(await keys.FindShownAsync(text[..16] + new string('A', 43)));
        Assert.Equal(1, cluster.Asked);
        Assert.Null(await keys.FindShownAsync("oc_x"));
        Assert.Null(await keys.FindShownAsync(null));
        Assert.Equal((1, 0), (cluster.Asked, cluster.Uses));
    }

    [Fact]
    public async Task A_use_is_told_once_a_minute()
    {
        // Who asks meanwhile gives up by this clock, which does not wait for him.
        options.Recheck = TimeSpan.FromHours(1);
        for (var i = 0; i < 120; i++)
        {
            await keys.FindShownAsync(text);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, cluster.Uses);
    }

    [Fact]
    public async Task A_stream_has_its_key_asked_for_as_long_as_it_is_open()
    {
        await keys.StartAsync(default);
        var known = await keys.FindGoodAsync(key.Id);
        keys.Hold(known!);
        await clock.WaitForTimersAsync();
        cluster.Keys[key.Id] = key with { RevokedAt = clock.GetUtcNow() };

        // However late who looks comes to it, this is when he looks.
        clock.Advance(options.Recheck / 4);
        clock.Advance(options.Recheck / 4);

        await Waiting.ForAsync(() => !known!.IsGood);
        KnownKeys.Release(known!);
        await keys.StopAsync(default);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_ends_no_stream_but_lets_nobody_in()
    {
        var known = await keys.FindGoodAsync(key.Id);
        keys.Hold(known!);
        cluster.IsAway = true;
        await keys.ChangedAsync(key.Id).WaitAsync(TestLimits.Signal, AdvancingAsync());

        Assert.True(known!.IsGood);
        clock.Advance(options.Recheck);
        await Assert.ThrowsAsync<TimeoutException>(() => keys.FindGoodAsync(key.Id).AsTask().WaitAsync(TestLimits.Signal, AdvancingAsync()));
    }

    [Fact]
    public async Task A_crowd_with_made_up_keys_asks_for_a_few_at_once_and_keeps_no_known_key_waiting()
    {
        Assert.NotNull(await keys.FindShownAsync(text));
        var answer = new TaskCompletionSource();
        cluster.Answering = answer.Task;
        var crowd = Enumerable.Range(0, 100).Select(_ => keys.FindShownAsync(KeyText.Make(out var _)).AsTask()).ToList();
        await Waiting.ForAsync(() => cluster.Asking == 16);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(16, cluster.Asking);
        Assert.NotNull(await keys.FindShownAsync(text));

        // Then those who wait in vain are told so; with one that is known it is asked again meanwhile, beside them all.
        clock.Advance(options.Recheck);
        await Waiting.ForAsync(() => crowd.Count(each => each.IsFaulted) == 84);
        await Assert.ThrowsAsync<BusyException>(() => crowd.First(each => each.IsFaulted));
        cluster.Answering = Task.CompletedTask;
        Assert.NotNull(await keys.FindShownAsync(text));
        answer.SetResult();
    }

    [Fact]
    public async Task Made_up_keys_crowd_out_none_that_there_is()
    {
        Assert.NotNull(await keys.FindShownAsync(text));
        for (var i = 0; i < 10_001; i++)
        {
            await keys.FindShownAsync(KeyText.Make(out var _));
        }

        var asked = cluster.Asked;
        Assert.NotNull(await keys.FindShownAsync(text));
        Assert.Equal(asked, cluster.Asked);
    }

    // Who asks again and again waits in between, by the test's clock.
    private TimeProvider AdvancingAsync()
    {
        _ = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await clock.WaitForTimersAsync();
                clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }
        });
        return TimeProvider.System;
    }
}
