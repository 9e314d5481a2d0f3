using System.Collections.Immutable;
using OrleansChat.Events;
using OrleansChat.Owners;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    // Tells the owner's feed of what people see in a list of conversations: a call or two per turn, for which nothing waits.
    private void Announce(ImmutableArray<ConversationEvent> events)
    {
        if (state.IsTransient)
        {
            return;
        }

        // What comes with a beginning is its past.
        foreach (var next in events[0] is ConversationCreated ? events[..1] : events)
        {
            ConversationNews? news = next switch
            {
                ConversationCreated => new(NewsKind.Created, key.Id, state.Conversation),
                ConversationUpdated => new(NewsKind.Updated, key.Id, state.Conversation),
                ReplyStarted e => new(NewsKind.Replying, key.Id, state.Conversation, e.Message),
                ReplyEnded e => new(NewsKind.Finished, key.Id, state.Conversation, e.Message, StatusAfter(e)),
                _ => null,
            };
            if (news is not null)
            {
                _ = AnnounceAsync(news);
            }
        }
    }

    private async Task AnnounceAsync(ConversationNews news)
    {
        try
        {
            await GrainFactory.GetGrain<IOwnerFeedGrain>(key.Owner.Value).Announce(key.Owner, news);
        }
        catch (Exception)
        {
            // A hint that got lost: who comes back, or learns that the feed has moved, compares with the store.
        }
    }

    private static MessageStatus StatusAfter(ReplyEnded end) => end switch
    {
        ReplyCompleted => MessageStatus.Completed,
        ReplyFailed => MessageStatus.Failed,
        ReplyCancelled => MessageStatus.Cancelled,
        _ => MessageStatus.Interrupted,
    };
}
