using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    [SuiteTheory]
    [InlineData("lighthouse", true)]
    [InlineData("LIGHT", true)]
    [InlineData("keeper lighthouse", true)]
    [InlineData("house", false)]
    [InlineData("lighthouse harbour", false)]
    [InlineData("blå", true)]
    [InlineData("bl", false)]
    [InlineData("42", true)]
    [InlineData("4", false)]
    [InlineData("灯", true)]
    [InlineData("the 'lighthouse' & keeper:*", true)]
    public async Task Search_finds_a_message_that_has_all_the_words(string words, bool found)
    {
        var script = NewConversation();
        await CommitAsync(script.Created(title: null).Asked("Tell me of the lighthouse's keeper, No. 42: blå, 灯台!").Started());
        await CommitAsync(script.Said("Nothing of the harbour.").Completed());
        await Store.CompactAsync(script.Key, default);

        var page = await SearchAsync(words);

        Assert.Null(page.Next);
        Assert.Equal(found ? 1 : 0, page.Matches.Length);
    }

    [SuiteFact]
    public async Task Search_finds_questions_replies_and_titles_and_says_where()
    {
        var script = NewConversation();
        await CommitAsync(script.Created("Sailing").Asked("Where do gulls sleep?").Started());
        await CommitAsync(script.Said("On the wa", "ter; mostly"));
        await CommitAsync(script.Updated("Birds").Said(" offshore.").Completed());
        await Store.CompactAsync(script.Key, default);

        await AssertFindsAsync("gulls", "msg_2", "Where do gulls sleep?");
        await AssertFindsAsync("water offshore", "reply_3", "On the water; mostly offshore.");
        await AssertFindsAsync("birds", null, "Birds");
        Assert.Empty((await SearchAsync("sailing")).Matches);

        await ReopenAsync();
        await AssertFindsAsync("gulls", "msg_2", "Where do gulls sleep?");

        async Task AssertFindsAsync(string words, string? message, string snippet)
        {
            var match = Assert.Single((await SearchAsync(words)).Matches);
            Assert.Equal((message, snippet), (match.Message, match.Snippet));
            AssertSame(script.Summary!, match.Conversation);
        }
    }

    [SuiteFact]
    public async Task Search_follows_the_title_and_takes_the_newest_message()
    {
        var script = NewConversation();
        await CommitAsync(script.Created("An apple").Asked("First pear").Asked("Second pear"));
        await Store.CompactAsync(script.Key, default);
        Assert.Equal("msg_3", Assert.Single((await SearchAsync("pear")).Matches).Message);

        await CommitAsync(script.Updated(title: null).Asked("Third pear"));
        await Store.CompactAsync(script.Key, default);

        Assert.Equal("msg_5", Assert.Single((await SearchAsync("pear")).Matches).Message);
        Assert.Empty((await SearchAsync("apple")).Matches);
    }

    [SuiteFact]
    public async Task Search_pages_are_newest_first_and_have_only_the_owners()
    {
        var ids = new List<ConversationId>();
        for (var i = 0; i < 5; i++)
        {
            var script = NewConversation();
            var strangers = NewConversation(NewOwner());
            foreach (var each in new[] { script, strangers })
            {
                await CommitAsync(each.Created().Asked($"A common word, and number {i}"));
                await Store.CompactAsync(each.Key, default);
            }

            ids.Insert(0, script.Key.Id);
        }

        Assert.Equal(ids, await FoundAsync(limit: 100));
        Assert.Equal(ids, await FoundAsync(limit: 2));
        Assert.Equal([ids[1]], (await SearchAsync("number 3")).Matches.Select(match => match.Conversation.Id));

        async Task<List<ConversationId>> FoundAsync(int limit)
        {
            var found = new List<ConversationId>();
            ConversationId? next = null;
            do
            {
                var page = await SearchAsync("common", limit, next);
                Assert.InRange(page.Matches.Length, 0, limit);
                found.AddRange(page.Matches.Select(match => match.Conversation.Id));
                next = page.Next;
            }
            while (next is not null);
            return found;
        }
    }

    [SuiteFact]
    public async Task Search_finds_nothing_of_what_was_deleted()
    {
        var script = NewConversation();
        await CommitAsync(script.Created("A secret").Asked("Another secret"));
        await Store.CompactAsync(script.Key, default);
        Assert.Single((await SearchAsync("secret")).Matches);

        await Store.DeleteAsync(script.Key, default);

        Assert.Empty((await SearchAsync("secret")).Matches);
    }

    [SuiteTheory]
    [MemberData(nameof(Texts))]
    public async Task Any_text_can_be_searched(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var script = NewConversation();
        await CommitAsync(script.Created(text).Asked($"{text} needle {text}"));

        await Store.CompactAsync(script.Key, default);

        Assert.Equal("msg_2", Assert.Single((await SearchAsync("needle")).Matches).Message);
    }

    [SuiteFact]
    public async Task A_message_of_any_length_can_be_searched_by_its_beginning()
    {
        var script = NewConversation();
        var words = string.Join(' ', Enumerable.Range(0, 60_000).Select(i => $"w{i:x}{new string('ü', 20)}"));
        await CommitAsync(script.Created().Asked($"needle {words}"));

        await Store.CompactAsync(script.Key, default);

        Assert.StartsWith("needle w0", Assert.Single((await SearchAsync("needle")).Matches).Snippet, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task ListNewer_has_the_nearest_of_the_newer_ones_newest_first()
    {
        var ids = new List<ConversationId>();
        for (var i = 0; i < 6; i++)
        {
            var script = NewConversation();
            await CommitAsync(script.Created());
            ids.Insert(0, script.Key.Id);
        }

        await CommitAsync(NewConversation(NewOwner()).Created());
        Assert.Equal(ids[2..4], await NewerAsync(2, ids[4]));
        Assert.Equal(ids[..1], await NewerAsync(5, ids[1]));
        Assert.Empty(await NewerAsync(5, ids[0]));
        await Store.DeleteAsync(new ConversationKey(Owner, ids[3]), default);
        Assert.Equal(ids[1..3], await NewerAsync(2, ids[3]));
        Assert.Equal(ids[..3], await NewerAsync(100, ids[4]));

        async Task<List<ConversationId>> NewerAsync(int limit, ConversationId before) =>
            [.. (await Store.ListNewerAsync(Owner, limit, before, default)).Select(conversation => conversation.Id)];
    }

    [SuiteFact]
    public async Task FindIdle_finds_what_was_not_appended_to_and_does_not_reply()
    {
        var idle = NewConversation();
        await CommitAsync(idle.Created().Asked());
        var replying = NewConversation();
        await CommitAsync(replying.Created().Asked().Started());
        await CommitAsync(replying.Said("a"));
        var deleted = NewConversation();
        await CommitAsync(deleted.Created());
        await Store.DeleteAsync(deleted.Key, default);

        Assert.Equal([new IdleConversation(idle.Key, 2)], await IdleAsync(TimeSpan.Zero));
        Assert.Empty(await IdleAsync(TimeSpan.FromHours(1)));

        await CommitAsync(replying.Completed());
        await ReopenAsync();
        Assert.Equal([new IdleConversation(idle.Key, 2), new IdleConversation(replying.Key, 5)], await IdleAsync(TimeSpan.Zero));
    }

    private async Task<List<IdleConversation>> IdleAsync(TimeSpan idleFor, bool transient = false)
    {
        var found = new List<IdleConversation>();
        string? cursor = null;
        do
        {
            var page = await Store.FindIdleAsync(transient, idleFor, cursor, default);
            found.AddRange(page.Conversations.Where(each => each.Key.Owner == Owner));
            cursor = page.Next;
        }
        while (cursor is not null);
        return [.. found.OrderBy(each => each.Key.Id.Value, StringComparer.Ordinal)];
    }

    private Task<SearchPage> SearchAsync(string words, int limit = 10, ConversationId? after = null) =>
        Store.SearchAsync(
            Owner,
            SearchQuery.TryParse(words, out var query) ? query : throw new ArgumentException("No words.", nameof(words)),
            limit,
            after,
            CancellationToken.None);
}
