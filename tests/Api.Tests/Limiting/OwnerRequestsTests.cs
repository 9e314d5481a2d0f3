using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Limiting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Limiting;

/// <summary>How a node counts an owner's requests.</summary>
public class OwnerRequestsTests
{
    private readonly ManualTimeProvider clock = new();
    private int calls;

    [Fact]
    public async Task A_share_is_used_up_before_the_next_is_asked_for()
    {
        var requests = Requests(quota: 5, new RequestSlice(2, 3, TimeSpan.FromSeconds(60)), new RequestSlice(3, 0, TimeSpan.FromSeconds(50)), new RequestSlice(0, 0, TimeSpan.FromSeconds(40)));
        Assert.Equal(new RequestCount(true, 4, TimeSpan.FromSeconds(60)), await requests.CountAsync());
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new RequestCount(true, 3, TimeSpan.FromSeconds(50)), await requests.CountAsync());
        Assert.Equal(1, calls);

        Assert.Equal(2, (await requests.CountAsync()).Left);
        Assert.Equal(1, (await requests.CountAsync()).Left);
        Assert.Equal(0, (await requests.CountAsync()).Left);
        Assert.Equal(2, calls);

        // That nothing is left is asked once, and known until the window ends.
        Assert.Equal(new RequestCount(false, 0, TimeSpan.FromSeconds(40)), await requests.CountAsync());
        clock.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal(new RequestCount(false, 0, TimeSpan.FromSeconds(1)), await requests.CountAsync());
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task What_is_left_of_a_share_ends_with_its_window()
    {
        var requests = Requests(quota: 2, new RequestSlice(2, 0, TimeSpan.FromSeconds(60)), new RequestSlice(1, 1, TimeSpan.FromSeconds(60)));
        await requests.CountAsync();
        Assert.False(requests.IsOver);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True(requests.IsOver);
        Assert.Equal(new RequestCount(true, 1, TimeSpan.FromSeconds(60)), await requests.CountAsync());
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Many_at_once_ask_once()
    {
        var answer = new TaskCompletionSource<RequestSlice>();
        var requests = new OwnerRequests(
            () =>
            {
                calls++;
                return answer.Task;
            },
            100,
            clock,
            NullLogger.Instance);
        var counts = Enumerable.Range(0, 50).Select(_ => requests.CountAsync().AsTask()).ToArray();
        answer.SetResult(new RequestSlice(50, 50, TimeSpan.FromSeconds(60)));

        Assert.All(await Task.WhenAll(counts), count => Assert.True(count.Passes));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Requests_pass_while_nobody_can_be_asked()
    {
        var requests = new OwnerRequests(() => throw new TimeoutException(), 2, clock, NullLogger.Instance);
        for (var i = 0; i < 10; i++)
        {
            Assert.True((await requests.CountAsync()).Passes);
        }
    }

    private OwnerRequests Requests(int quota, params RequestSlice[] slices) => new(() => Task.FromResult(slices[calls++]), quota, clock, NullLogger.Instance);
}
