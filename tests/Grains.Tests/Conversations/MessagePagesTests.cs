using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Conversations;

/// <summary>Pages of long messages.</summary>
public sealed class MessagePagesTests
{
    private static readonly string Long = new('x', 400 * 1024);

    [Theory]
    [InlineData(false, "msg_2 msg_3 | msg_4 msg_5 | msg_6")]
    [InlineData(true, "msg_6 msg_5 | msg_4 msg_3 | msg_2")]
    public void A_page_ends_before_it_grows_large_and_the_next_goes_on(bool newestFirst, string expected)
    {
        var state = StateOf(Long, Long, Long, Long, Long);
        var (pages, query) = (new List<string>(), new MessagesQuery(100) { NewestFirst = newestFirst });
        for (var more = true; more;)
        {
            var page = Read(state, query);
            pages.Add(string.Join(' ', page.Messages.Select(message => message.Id)));
            (more, query) = (page.HasMore, query with { After = page.Messages[^1].Id });
        }

        Assert.Equal(expected, string.Join(" | ", pages));
    }

    [Theory]
    [InlineData(false, "msg_3 msg_4")]
    [InlineData(true, "msg_6 msg_5")]
    public void Before_a_message_are_those_next_to_it(bool newestFirst, string expected)
    {
        var state = StateOf(Long, Long, Long, Long, Long);

        var page = Read(state, new MessagesQuery(100) { NewestFirst = newestFirst, Before = newestFirst ? "msg_4" : "msg_5" });

        Assert.Equal((expected, newestFirst), (string.Join(' ', page.Messages.Select(message => message.Id)), !page.HasMore));
    }

    [Fact]
    public void One_message_is_a_page_however_long()
    {
        var state = StateOf(new string('x', 2 * 1024 * 1024), "short");

        var page = Read(state, new MessagesQuery(100));

        Assert.Equal((1, true), (page.Messages.Length, page.HasMore));
    }

    private static MessagesResult.Page Read(ConversationState state, MessagesQuery query) => Assert.IsType<MessagesResult.Page>(MessagePages.Read(state, query));

    private static ConversationState StateOf(params string[] contents)
    {
        var state = new ConversationState(ConversationId.New(TimeProvider.System));
        foreach (var line in Blocks.Of([Blocks.Created(), .. contents.Select((content, i) => (ConversationEvent)(Blocks.Asked(i + 2) with { Content = content, Parent = i == 0 ? null : $"msg_{i + 1}" }))]))
        {
            state.Apply(line);
        }

        return state;
    }
}
