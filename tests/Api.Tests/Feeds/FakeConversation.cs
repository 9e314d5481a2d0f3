using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>A conversation grain with just a journal, for feeds to read.</summary>
internal sealed class FakeConversation : IConversationGrain
{
    private readonly List<EventBlock> journal = [];

    /// <summary>How often a feed asked.</summary>
    public int Watches { get; private set; }

    /// <summary>Whether the conversation exists.</summary>
    public bool Exists { get; set; } = true;

    /// <summary>Whether a reply runs.</summary>
    public ConversationStatus Status { get; set; } = ConversationStatus.Replying;

    /// <summary>How many blocks an answer has at most.</summary>
    public int PageBlocks { get; set; } = int.MaxValue;

    /// <summary>Held answers wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Commits a block.</summary>
    public EventBlock Commit(EventBlock block)
    {
        journal.Add(block);
        return block;
    }

    public async Task<ReadResult> Watch(OwnerId caller, Watcher watcher, long after)
    {
        Watches++;
        var answer = await Read(caller, after);
        await Gate;
        return answer;
    }

    public Task<ReadResult> Read(OwnerId caller, long after)
    {
        var head = journal.Count == 0 ? 0 : journal[^1].Last;
        return Task.FromResult<ReadResult>(
            !Exists ? new ReadResult.NotFound()
            : after > head ? new ReadResult.BeyondHead(head)
            : new ReadResult.Events([.. journal.Where(block => block.Last > after).Take(PageBlocks)], head, Status));
    }

    public Task Unwatch(OwnerId caller, Watcher watcher) => Task.CompletedTask;

    public Task<CreateResult> Create(OwnerId caller, CreateConversation request) => throw new NotSupportedException();

    public Task<Conversation?> Get(OwnerId caller) => throw new NotSupportedException();

    public Task<UpdateResult> Update(OwnerId caller, UpdateConversation change) => throw new NotSupportedException();

    public Task<bool> Delete(OwnerId caller) => throw new NotSupportedException();

    public Task<MessagesResult> GetMessages(OwnerId caller, int limit, string? after) => throw new NotSupportedException();

    public Task<SendResult> Send(OwnerId caller, SendMessage message) => throw new NotSupportedException();

    public Task<Conversation?> Cancel(OwnerId caller) => throw new NotSupportedException();
}
