using System.Collections.Immutable;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Conversations;

public class PatientConversationTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly FakeConversation grain = new();
    private readonly PatientConversation conversation;

    public PatientConversationTests() => conversation = new PatientConversation(grain, OwnerId.Local, clock);

    public static TheoryData<Exception> Passing =>
    [
        new TimeoutException(), new SiloUnavailableException(), new OperationCanceledException(), new StorageUnavailableException("moved"),
    ];

    [Theory, MemberData(nameof(Passing))]
    public async Task A_message_that_got_no_answer_is_sent_again_as_the_same_request(Exception failure)
    {
        grain.Failures.Enqueue(failure);
        grain.Failures.Enqueue(failure);

        var sending = conversation.SendAsync(new SendMessage("hi", null));
        await PassUntilAsync(sending);

        Assert.Equal(3, grain.Sent.Count);
        Assert.Single(grain.Sent.Select(message => message.Request).Distinct());
        Assert.NotNull(grain.Sent[0].Request);
    }

    [Fact]
    public async Task What_is_appended_and_got_no_answer_is_appended_again_as_the_same_request()
    {
        grain.Failures.Enqueue(new TimeoutException());

        var appending = conversation.AppendAsync(new AppendMessages([new PastMessage(MessageRole.User, "hi")]));
        await PassUntilAsync(appending);

        Assert.Equal(2, grain.Appended.Count);
        Assert.NotNull(Assert.Single(grain.Appended.Select(request => request.Request).Distinct()));
    }

    [Fact]
    public async Task Two_messages_are_two_requests()
    {
        await conversation.SendAsync(new SendMessage("hi", null));
        await conversation.SendAsync(new SendMessage("hi", null));

        Assert.Equal(2, grain.Sent.Select(message => message.Request).Distinct().Count());
    }

    [Fact]
    public async Task After_25_seconds_the_last_failure_is_the_answer()
    {
        for (var i = 0; i < 1_000; i++)
        {
            grain.Failures.Enqueue(new TimeoutException());
        }

        var start = clock.GetTimestamp();
        await Assert.ThrowsAsync<TimeoutException>(() => PassUntilAsync(conversation.SendAsync(new SendMessage("hi", null))));

        Assert.InRange(clock.GetElapsedTime(start).TotalSeconds, 25, 26);
    }

    [Fact]
    public async Task What_does_not_pass_is_told_at_once()
    {
        grain.Failures.Enqueue(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(() => conversation.SendAsync(new SendMessage("hi", null)));
        Assert.Single(grain.Sent);
    }

    [Fact]
    public async Task A_conversation_that_was_created_although_nobody_said_so_is_not_created_twice()
    {
        grain.Failures.Enqueue(new TimeoutException());
        grain.CreatesAllTheSame = true;
        var request = new CreateConversation("T", null, null, ImmutableSortedDictionary<string, string>.Empty, []);

        var creating = conversation.CreateAsync(request);
        await PassUntilAsync(creating);

        Assert.Equal("T", Assert.IsType<CreateResult.Created>(await creating).Conversation.Title);
    }

    [Fact]
    public async Task A_cancel_that_got_no_answer_does_not_cancel_the_next_reply()
    {
        await conversation.CreateAsync(new CreateConversation("T", null, null, ImmutableSortedDictionary<string, string>.Empty, []));
        grain.Reply = "msg_3";
        grain.Failures.Enqueue(new TimeoutException());

        var cancelling = conversation.CancelAsync(new CancelReply());
        grain.Reply = "msg_5";
        await PassUntilAsync(cancelling);

        Assert.Equal([new CancelReply(null, "msg_3"), new CancelReply(null, "msg_3")], grain.Cancelled);
    }

    [Fact]
    public async Task Where_nothing_runs_nothing_is_cancelled_that_begins_a_moment_later()
    {
        await conversation.CreateAsync(new CreateConversation("T", null, null, ImmutableSortedDictionary<string, string>.Empty, []));

        Assert.Equal(await conversation.GetAsync(), Assert.IsType<CancelResult.Done>(await conversation.CancelAsync(new CancelReply())).Conversation);
        Assert.Empty(grain.Cancelled);
    }

    [Fact]
    public async Task Whether_there_was_more_to_cut_off_than_has_come_is_for_the_grain_to_say()
    {
        await conversation.CreateAsync(new CreateConversation("T", null, null, ImmutableSortedDictionary<string, string>.Empty, []));

        await conversation.CancelAsync(new CancelReply(At: 5));

        Assert.Equal([new CancelReply(5)], grain.Cancelled);
    }

    [Fact]
    public async Task A_conversation_that_was_deleted_although_nobody_said_so_is_deleted()
    {
        grain.Failures.Enqueue(new TimeoutException());
        grain.Exists = false;

        var deleting = conversation.DeleteAsync();
        await PassUntilAsync(deleting);

        Assert.True(await deleting);
        Assert.False(await conversation.DeleteAsync());
    }

    [Fact]
    public async Task What_leaves_the_queue_while_it_is_looked_for_is_found()
    {
        var begun = new Message
        {
            Id = "msg_3", Role = MessageRole.User, Content = "hi", Status = MessageStatus.Completed, Sequence = 4, CreatedAt = DateTimeOffset.UnixEpoch,
        };
        grain.Waiting = () =>
        {
            grain.Messages[begun.Id] = begun;
            return new MessageQueue([], 16);
        };

        Assert.Equal(new FoundMessage(begun, null), await conversation.FindMessageAsync(begun.Id));
    }

    [Fact]
    public async Task What_waits_is_found_in_the_queue_and_what_there_is_not_nowhere()
    {
        var queued = new QueuedMessage("msg_3", MessageRole.User, "hi", null, true, "demo", 3, DateTimeOffset.UnixEpoch);
        grain.Waiting = () => new MessageQueue([queued], 16);

        Assert.Equal(new FoundMessage(null, queued), await conversation.FindMessageAsync(queued.Id));
        Assert.Equal(default, await conversation.FindMessageAsync("msg_5"));
    }

    private async Task PassUntilAsync(Task done)
    {
        // Only while somebody waits on the clock: what is under way on another thread would see its patience end.
        while (await Task.WhenAny(done, clock.WaitForTimersAsync()) != done)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        await done;
    }
}
