using System.Collections.Immutable;
using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Conversations;

/// <summary>What requests to store messages without a reply come to. Pure, as <see cref="Turns"/> is.</summary>
/// <param name="state">The conversation.</param>
/// <param name="limits">How much is accepted; null for the defaults.</param>
internal sealed class Appends(ConversationState state, LimitOptions? limits = null)
{
    private readonly LimitOptions limits = limits ?? new LimitOptions();

    /// <summary>The answer to a request that was accepted before, or cannot be; null for one that is to be done.</summary>
    public AppendResult? Answer(AppendMessages request)
    {
        if (request.Request is not null && state.FindRequest(request.Request) is { } known)
        {
            return known.Fingerprint == request.Fingerprint
                ? Appended(known.Sequence, request.Messages.Length)
                : new AppendResult.OtherRequest();
        }

        if (state.Reply is { } running)
        {
            return new AppendResult.Busy(running.Message);
        }

        if (request is { HasParent: true, Parent: { } parent } && state.Messages.PositionOf(parent) < 0)
        {
            return new AppendResult.UnknownMessage();
        }

        var open = OpenCalls.After(OpenCalls.After(state.Messages, ParentOf(request)), Of(request), out var unknown);
        return unknown is not null ? new AppendResult.UnknownCall(unknown, [.. open.Select(call => call.Id)])
            : request.Messages.IsEmpty ? new AppendResult.Appended([], state.Sequence)
            : state.IsFull(limits, HistorySize.Of(Of(request))) ? new AppendResult.HistoryFull(new HistoryLimits(limits.HistoryMessages, limits.HistoryBytes))
            : null;
    }

    /// <summary>Stores the messages. The last has the request's name: a store has all of them or none, so where it is, the others are.</summary>
    public AppendResult.Appended Store(AppendMessages request, EventDraft draft)
    {
        var messages = Of(request);
        var parent = draft.Add(messages[..^1], ParentOf(request));
        var last = messages[^1].ToEvent($"msg_{draft.NextSequence}", parent, draft.Now, draft.NextSequence);
        draft.Add(last with { Request = request.Request, Fingerprint = request.Fingerprint });
        return Appended(last.Sequence, messages.Length);
    }

    // Ids say the sequences of their events, which follow each other.
    private static AppendResult.Appended Appended(long last, int count) =>
        new([.. Enumerable.Range(1 - count, count).Select(place => $"msg_{last + place}")], last);

    private static ImmutableArray<PrecedingMessage> Of(AppendMessages request) => [.. request.Messages.Select(PrecedingMessage.Of)];

    private string? ParentOf(AppendMessages request) => request.HasParent ? request.Parent : state.Messages.Head;
}
