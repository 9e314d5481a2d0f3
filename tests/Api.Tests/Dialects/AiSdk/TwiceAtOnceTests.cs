using System.Collections.Immutable;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Messages;
using OrleansChat.Dialects.AiSdk.Turns;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>A message that is posted twice at once, as by an impatient finger, where the other request is the faster one.</summary>
public class TwiceAtOnceTests
{
    private const string Name = "ai:q1";

    private readonly FakeConversation grain = new();
    private readonly PatientConversation conversation;

    public TwiceAtOnceTests()
    {
        conversation = new PatientConversation(grain, OwnerId.Local, TimeProvider.System);
        grain.MessageNamed = name => name == Name && grain.Messages.ContainsKey("msg_2") ? "msg_2" : null;
    }

    [Fact]
    public async Task What_the_other_request_sends_after_this_one_looked_at_the_conversation_is_attached_to()
    {
        var taking = await BeginAsync();
        grain.Answers = _ => new SendResult.OtherRequest();
        SendElsewhere(isOver: false);

        Assert.Equal(new SendResult.Accepted("msg_2", "msg_3", 2), await taking());
        Assert.Empty(grain.Regenerated);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_other_request_sends_after_this_one_looked_for_the_message_is_attached_to(bool isOver)
    {
        var taking = await BeginAsync();
        grain.Answers = _ =>
        {
            SendElsewhere(isOver);
            return new SendResult.OtherRequest();
        };

        Assert.Equal(new SendResult.Accepted("msg_2", "msg_3", 2), await taking());
        Assert.Empty(grain.Regenerated);
    }

    [Fact]
    public async Task Who_sends_again_what_was_replied_to_before_gets_another_reply()
    {
        await BeginAsync();
        SendElsewhere(isOver: true);
        grain.Sequence = 4;
        var taking = await BeginAsync();
        grain.Answers = _ => new SendResult.OtherRequest();

        Assert.Equal(new SendResult.Accepted("msg_2", "msg_9", 9), await taking());
    }

    [Fact]
    public async Task A_key_of_another_request_stays_one()
    {
        var taking = await BeginAsync();
        grain.Answers = _ => new SendResult.OtherRequest();

        Assert.IsType<SendResult.OtherRequest>(await taking());
    }

    // This request, which knows the conversation as it is now.
    private async Task<Func<Task<SendResult>>> BeginAsync()
    {
        await conversation.CreateAsync(new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []));
        var found = (await conversation.GetAsync())!;
        var message = new UiMessage { Id = "q1", Role = "user", Parts = [new UiPart { Type = "text", Text = "Why?" }] };
        var turns = new ChatTurns(conversation, found, new ChatBody { Id = "c1", Messages = [message] }, new RequestKey("auto:f:1.2", "f"), DateTimeOffset.UnixEpoch);
        return async () => (await turns.TakeAsync()).Result;
    }

    private void SendElsewhere(bool isOver)
    {
        Add(2, MessageRole.User, "Why?", null);
        Add(3, MessageRole.Assistant, "Be", "msg_2");
        (grain.Reply, grain.MessageHead) = (isOver ? null : "msg_3", "msg_3");

        void Add(long sequence, MessageRole role, string content, string? parent) => grain.Messages[$"msg_{sequence}"] = new Message
        {
            Id = $"msg_{sequence}",
            Role = role,
            Content = content,
            Parent = parent,
            Status = MessageStatus.Completed,
            Sequence = sequence,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
    }
}
