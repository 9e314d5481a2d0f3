using OrleansChat.Conversations;
using OrleansChat.Search;
using OrleansChat.Storage.Files;

namespace OrleansChat.Silo.Tests.Storage.Files;

public sealed class SearchScanTests
{
    [Theory]
    [InlineData(0, SearchScan.MaxConversations)]
    [InlineData(1024 * 1024, 32)]
    public void A_scan_stops_at_its_bounds_and_goes_on_from_there(long bytes, int perRequest)
    {
        ConversationId[] ids = [.. Enumerable.Range(0, 1_200).Select(_ => ConversationId.New(TimeProvider.System)).Reverse()];
        var looked = new List<ConversationId>();
        var scan = new SearchScan(
            (count, before) => [.. ids.SkipWhile(id => before is not null && string.CompareOrdinal(id.Value, before.Value.Value) >= 0).Take(count)],
            id =>
            {
                looked.Add(id);
                return new SearchScan.Result(null, bytes);
            });

        ConversationId? after = null;
        do
        {
            var sofar = looked.Count;
            var page = scan.Run(limit: 20, after, default);
            Assert.Empty(page.Matches);
            Assert.InRange(looked.Count - sofar, 1, perRequest);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(ids, looked);
    }

    [Fact]
    public void A_damaged_conversation_is_passed_over()
    {
        ConversationId[] ids = [ConversationId.New(TimeProvider.System)];
        var scan = new SearchScan((_, before) => before is null ? ids : [], _ => null);

        Assert.Equal(new SearchPage([], Next: null).Next, scan.Run(limit: 20, null, default).Next);
    }
}
