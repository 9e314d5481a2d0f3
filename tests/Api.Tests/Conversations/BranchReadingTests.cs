using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk;
using OrleansChat.Dialects.Responses.Conversations;
using OrleansChat.Dialects.Responses.Requests;

namespace OrleansChat.Api.Tests.Conversations;

/// <summary>Reads over several pages, between which something happens to the conversation.</summary>
public class BranchReadingTests
{
    private readonly FakeConversation grain = new();
    private readonly PatientConversation conversation;
    private readonly Dictionary<string, List<string>> branches = new()
    {
        ["msg_5"] = ["msg_5", "msg_4", "msg_3", "msg_2"],
        ["msg_7"] = ["msg_7", "msg_6", "msg_2"],
    };

    private string head = "msg_5";
    private int reads;
    private Action afterFirstPage = () => { };

    public BranchReadingTests()
    {
        conversation = new PatientConversation(grain, OwnerId.Local, TimeProvider.System);
        grain.Pages = Read;
    }

    [Fact]
    public async Task A_branch_is_read_to_its_end_though_another_becomes_the_active_one()
    {
        afterFirstPage = () => head = "msg_7";

        Assert.Equal("msg_2 msg_3 msg_4 msg_5", await ChatAsync());
        head = "msg_5";
        Assert.Equal("5 4 3 2", await ItemsAsync(limit: 10));
    }

    [Theory]
    [InlineData("msg_5", "msg_2 msg_3 msg_4", "4 3 2")]
    [InlineData("msg_4", "msg_2 msg_3 msg_5", "5 3 2")]
    [InlineData("msg_3", "msg_2 msg_4 msg_5", "5 4 2")]
    public async Task What_is_deleted_meanwhile_is_missing_and_nothing_else(string deleted, string chat, string items)
    {
        afterFirstPage = () =>
        {
            if (deleted == head && branches.Remove(head, out var branch))
            {
                branches[head = branch[1]] = branch;
            }

            branches[head].Remove(deleted);
        };

        Assert.Equal(chat, await ChatAsync());
        (head, branches["msg_5"]) = ("msg_5", ["msg_5", "msg_4", "msg_3", "msg_2"]);
        Assert.Equal(items, await ItemsAsync(limit: 10));
    }

    [Fact]
    public async Task No_more_is_read_than_is_asked_for()
    {
        afterFirstPage = () => throw new InvalidOperationException("A page too many.");
        Assert.Equal("5", await ItemsAsync(limit: 1));
    }

    [Fact]
    public async Task Of_a_conversation_that_is_deleted_meanwhile_nothing_is_shown()
    {
        afterFirstPage = () => branches.Clear();

        Assert.Equal("", await ChatAsync());
    }

    private async Task<string> ChatAsync()
    {
        reads = 0;
        return string.Join(' ', (await ChatViewApi.BranchAsync(conversation)).Select(message => message.Id));
    }

    private async Task<string> ItemsAsync(int limit)
    {
        reads = 0;
        var list = await ConversationItems.ListAsync(conversation, ConversationId.New(TimeProvider.System), new Pages(limit, null, true, false));
        return string.Join(' ', list!.Data.Select(item => item.Id![(item.Id!.LastIndexOf('_') + 1)..]));
    }

    // Two messages at once, as of long ones.
    private MessagesResult Read(MessagesQuery query)
    {
        if (++reads == 2)
        {
            afterFirstPage();
        }

        if (branches.Count == 0)
        {
            return new MessagesResult.NotFound();
        }

        if (!branches.TryGetValue(query.Head ?? head, out var branch))
        {
            return new MessagesResult.UnknownMessage(query.Head!);
        }

        var from = query.After is null ? 0 : branch.IndexOf(query.After) + 1;
        return from == 0 && query.After is not null
            ? new MessagesResult.UnknownMessage(query.After)
            : new MessagesResult.Page([.. branch.Skip(from).Take(2).Select(Message)], branch.Count > from + 2, head);
    }

    private static Message Message(string id) => new()
    {
        Id = id, Role = MessageRole.User, Content = "hi", Status = MessageStatus.Completed, Sequence = 2, CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
