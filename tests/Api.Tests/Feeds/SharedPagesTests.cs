using OrleansChat.Conversations;
using OrleansChat.Feeds;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Feeds;

public class SharedPagesTests
{
    private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SharedPages pages;
    private ReadResult answer = new ReadResult.Events([Blocks.Of(Blocks.Created())], 1, ConversationStatus.Idle);
    private int reads;

    public SharedPagesTests() => pages = new SharedPages(async _ =>
    {
        Interlocked.Increment(ref reads);
        await open.Task;
        return answer;
    });

    [Fact]
    public async Task Readers_at_the_same_place_share_a_page_while_it_is_read_and_while_one_of_them_has_it()
    {
        var together = new[] { pages.ReadAsync(0), pages.ReadAsync(0), pages.ReadAsync(0) };
        open.SetResult();
        var page = (await Task.WhenAll(together))[0];

        Assert.Same(page, await pages.ReadAsync(0));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Readers_at_other_places_have_pages_of_their_own()
    {
        open.SetResult();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(place => pages.ReadAsync(place)));

        Assert.Equal(40, reads);
    }

    [Fact]
    public async Task What_is_empty_and_what_failed_is_asked_for_anew()
    {
        open.SetResult();
        answer = new ReadResult.Events([], 1, ConversationStatus.Idle);
        await pages.ReadAsync(1);
        await pages.ReadAsync(1);
        Assert.Equal(2, reads);

        var failing = new SharedPages(_ => ++reads > 3 ? Task.FromResult(answer) : throw new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => failing.ReadAsync(1));
        Assert.Same(answer, await failing.ReadAsync(1));
    }
}
