using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>A conversation grain with just a journal, for feeds to read.</summary>
internal sealed class FakeConversation : IConversationGrain
{
    private readonly List<EventBlock> journal = [];
    private Conversation? created;

    /// <summary>How often a feed asked.</summary>
    public int Watches { get; private set; }

    /// <summary>How often a feed took its leave.</summary>
    public int Unwatches { get; private set; }

    /// <summary>To how many of the next watches nobody answers.</summary>
    public int Away { get; set; }

    /// <summary>Whether the conversation exists.</summary>
    public bool Exists { get; set; } = true;

    /// <summary>Whether a reply runs.</summary>
    public ConversationStatus Status { get; set; } = ConversationStatus.Replying;

    /// <summary>Where it says that it is watched.</summary>
    public SiloId? On { get; set; }

    /// <summary>The sequence of its newest event.</summary>
    public long Head => journal.Count == 0 ? 0 : journal[^1].Last;

    /// <summary>The running reply.</summary>
    public string? Reply { get; set; }

    /// <summary>The sequence that it says it is at.</summary>
    public long Sequence { get; set; } = 1;

    /// <summary>The message that the active branch ends with.</summary>
    public string? MessageHead { get; set; }

    /// <summary>How many blocks an answer has at most.</summary>
    public int PageBlocks { get; set; } = int.MaxValue;

    /// <summary>Held answers wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Reads messages.</summary>
    public Func<MessagesQuery, MessagesResult> Pages { get; set; } = _ => throw new NotSupportedException();

    /// <summary>Its messages, by their ids.</summary>
    public Dictionary<string, Message> Messages { get; } = [];

    /// <summary>What happens just before a message is read.</summary>
    public Action BeforeMessage { get; set; } = () => { };

    /// <summary>Reads the queue.</summary>
    public Func<MessageQueue> Waiting { get; set; } = () => throw new NotSupportedException();

    /// <summary>Takes out of the queue.</summary>
    public Func<string, bool> Unqueues { get; set; } = _ => throw new NotSupportedException();

    /// <summary>What the next writes end with.</summary>
    public Queue<Exception> Failures { get; } = new();

    /// <summary>Whether a creation that fails has happened.</summary>
    public bool CreatesAllTheSame { get; set; }

    /// <summary>The messages that were sent, whatever came of them.</summary>
    public List<SendMessage> Sent { get; } = [];

    /// <summary>Answers what is sent.</summary>
    public Func<SendMessage, SendResult> Answers { get; set; } = _ => new SendResult.Accepted("msg_2", "msg_3", 2);

    /// <summary>Finds the message that a named request made.</summary>
    public Func<string, string?> MessageNamed { get; set; } = _ => throw new NotSupportedException();

    /// <summary>The replies that were asked for once more.</summary>
    public List<RegenerateReply> Regenerated { get; } = [];

    /// <summary>What was to be appended, whatever came of it.</summary>
    public List<AppendMessages> Appended { get; } = [];

    /// <summary>What was to be cancelled, whatever came of it.</summary>
    public List<CancelReply> Cancelled { get; } = [];

    /// <summary>Commits a block.</summary>
    public EventBlock Commit(EventBlock block)
    {
        journal.Add(block);
        return block;
    }

    public async Task<ReadResult> Watch(OwnerId caller, Watcher watcher, long after)
    {
        Watches++;
        if (Away > 0)
        {
            Away--;
            throw new TimeoutException("away");
        }

        var answer = await Read(caller, after);
        await Gate;
        return answer is ReadResult.Events events ? events with { WatchedOn = On } : answer;
    }

    public Task<ReadResult> Read(OwnerId caller, long after) => Task.FromResult<ReadResult>(
        !Exists ? new ReadResult.NotFound()
        : after > Head ? new ReadResult.BeyondHead(Head)
        : new ReadResult.Events([.. journal.Where(block => block.Last > after).Take(PageBlocks)], Head, Status));

    public Task Unwatch(OwnerId caller, Watcher watcher)
    {
        Unwatches++;
        return Task.CompletedTask;
    }

    public Task<CreateResult> Create(OwnerId caller, CreateConversation request)
    {
        if (created is not null)
        {
            return Task.FromResult<CreateResult>(new CreateResult.Exists());
        }

        if (Failures.TryPeek(out _) && !CreatesAllTheSame)
        {
            throw Failures.Dequeue();
        }

        var at = DateTimeOffset.UnixEpoch;
        created = new Conversation
        {
            Id = ConversationId.New(TimeProvider.System), Title = request.Title, Model = "demo", CreatedAt = at, UpdatedAt = at, Sequence = 1,
        };
        return Failures.TryDequeue(out var failure) ? throw failure : Task.FromResult<CreateResult>(new CreateResult.Created(created));
    }

    public Task<Conversation?> Get(OwnerId caller) => Task.FromResult(created is null ? null : created with { Reply = Reply, Head = MessageHead, Sequence = Sequence });

    public Task<UpdateResult> Update(OwnerId caller, UpdateConversation change) => throw new NotSupportedException();

    public Task<bool> Delete(OwnerId caller) => Failures.TryDequeue(out var failure) ? throw failure : Task.FromResult(Exists);

    public Task<CreateResult> Import(OwnerId caller, ImportConversation request) => throw new NotSupportedException();

    public Task<bool> Expire(OwnerId caller, long head)
    {
        var expires = created is not null && head == Sequence;
        created = expires ? null : created;
        return Task.FromResult(expires);
    }

    public Task<MessagesResult> GetMessages(OwnerId caller, MessagesQuery query) => Task.FromResult(Pages.Invoke(query));

    public Task<Message?> GetMessage(OwnerId caller, string id)
    {
        BeforeMessage();
        return Task.FromResult(Messages.GetValueOrDefault(id));
    }

    public Task<string?> MessageOf(OwnerId caller, string request) => Task.FromResult(MessageNamed.Invoke(request));

    public Task<DeleteMessageResult> DeleteMessage(OwnerId caller, string id) => throw new NotSupportedException();

    public Task<AppendResult> Append(OwnerId caller, AppendMessages request)
    {
        Appended.Add(request);
        return Failures.TryDequeue(out var failure) ? throw failure : Task.FromResult<AppendResult>(new AppendResult.Appended(["msg_2"], 2));
    }

    public Task<SendResult> Send(OwnerId caller, SendMessage message)
    {
        Sent.Add(message);
        return Failures.TryDequeue(out var failure) ? throw failure : Task.FromResult(Answers.Invoke(message));
    }

    public Task<SendResult> Regenerate(OwnerId caller, RegenerateReply request)
    {
        Regenerated.Add(request);
        return Task.FromResult<SendResult>(new SendResult.Accepted(request.Message, "msg_9", 9));
    }

    public Task<MoveHeadResult> MoveHead(OwnerId caller, MoveHead request) => throw new NotSupportedException();

    public Task<MessageQueue?> GetQueue(OwnerId caller) => Task.FromResult<MessageQueue?>(Waiting.Invoke());

    public Task<bool> Unqueue(OwnerId caller, string message) => Task.FromResult(Unqueues.Invoke(message));

    public Task<CancelResult> Cancel(OwnerId caller, CancelReply request)
    {
        Cancelled.Add(request);
        return Failures.TryDequeue(out var failure) ? throw failure : Task.FromResult<CancelResult>(new CancelResult.Done(created!));
    }
}
