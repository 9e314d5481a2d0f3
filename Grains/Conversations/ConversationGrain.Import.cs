using OrleansChat.Events;
using OrleansChat.Models;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    public async Task<CreateResult> Import(OwnerId caller, ImportConversation request)
    {
        if (caller != key.Owner)
        {
            return new CreateResult.NotFound();
        }

        if (state.Conversation is { } existing)
        {
            return Repeated(existing, request.Request, request.Fingerprint);
        }

        if (state.IsFull(limits.Value, HistorySize.Of(request.Title, request.System, request.Metadata) + HistorySize.Of(request.Messages)))
        {
            return new CreateResult.HistoryFull(MostHistory);
        }

        var now = clock.GetUtcNow();
        var model = FindModel(request.Model) ?? catalog.Models[0];
        journal.Add(new ConversationCreated(
            request.Title, model.Info.Id, request.System, request.Metadata, request.CreatedAt ?? now, request.Request, request.Fingerprint)
        {
            Sequence = journal.NextSequence,
        });
        var ids = new List<string>(request.Messages.Length);
        foreach (var message in request.Messages)
        {
            var parent = message.Parent is { } position ? ids[position] : null;
            var at = message.CreatedAt ?? now;
            ids.Add(message.Model is null || parent is null
                ? AddMessage(PrecedingMessage.Of(PastOf(message)), parent, at)
                : AddReply(parent, message, message.Model, at));
        }

        if (request.Head is { } head && head != ids.Count - 1)
        {
            journal.Add(new HeadMoved(ids[head], request.Messages[^1].CreatedAt ?? now) { Sequence = journal.NextSequence });
        }

        // All of it is one append: a conversation is imported as a whole or not at all.
        await CommitAsync();
        _ = CompactAsync();
        return new CreateResult.Created(state.Conversation!);
    }

    private static PastMessage PastOf(ImportedMessage message) => new(message.Role, message.Content)
    {
        Parts = message.Parts,
        ToolResults = message.ToolResults,
        ToolCalls = message.ToolCalls,
        Reasoning = message.Reasoning,
        Refusal = message.Refusal,
    };

    private string AddReply(string parent, ImportedMessage message, string model, DateTimeOffset at)
    {
        var id = $"msg_{journal.NextSequence}";
        journal.Add(new ReplyStarted(id, parent, model, at) { Sequence = journal.NextSequence, Options = message.Options });
        foreach (var thought in message.Reasoning)
        {
            journal.Add(new ReplyReasoning(id, thought.Text, thought.Signature) { Sequence = journal.NextSequence });
        }

        if (message.Content.Length > 0)
        {
            journal.Add(new ReplyDelta(id, message.Content) { Sequence = journal.NextSequence });
        }

        for (var i = 0; i < message.ToolCalls.Length; i++)
        {
            var call = message.ToolCalls[i];
            journal.Add(new ReplyToolCall(id, i, call.Arguments, call.Id, call.Name) { Sequence = journal.NextSequence });
        }

        if (message.Refusal is { Length: > 0 } refusal)
        {
            journal.Add(new ReplyRefusal(id, refusal) { Sequence = journal.NextSequence });
        }

        ReplyEnded end = message.Status switch
        {
            MessageStatus.Completed =>
                new ReplyCompleted(id, message.FinishReason ?? "stop", message.Usage, at) { Sequence = journal.NextSequence },
            MessageStatus.Failed => new ReplyFailed(id, message.Error ?? Unknown, message.Usage, at) { Sequence = journal.NextSequence },
            MessageStatus.Cancelled => new ReplyCancelled(id, message.Usage, at) { Sequence = journal.NextSequence },
            _ => new ReplyInterrupted(id, message.Usage, at) { Sequence = journal.NextSequence },
        };
        journal.Add(end with { AnsweredBy = message.AnsweredBy, Imported = true });
        return id;
    }

    private static ReplyError Unknown => ModelErrors.Of(ModelErrors.Internal, "The reply failed where it was made.");
}
