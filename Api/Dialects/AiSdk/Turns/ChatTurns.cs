using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Messages;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk.Turns;

/// <summary>
/// Makes of a request, which brings along all that the client has on its screen, what it comes to here: a message in its place in the tree,
/// with whatever was said elsewhere before it; another reply; or what tools have answered.
/// </summary>
/// <param name="conversation">The chat's conversation.</param>
/// <param name="found">The conversation as it was before.</param>
/// <param name="body">The request.</param>
/// <param name="attempt">The request's name.</param>
/// <param name="now">The time.</param>
internal sealed class ChatTurns(PatientConversation conversation, Conversation found, ChatBody body, RequestKey attempt, DateTimeOffset now)
{
    private readonly KnownMessages known = new(conversation, found.Id);
    private readonly TurnSender sender = new(conversation, found, body, attempt, now);

    /// <summary>Carries the request out.</summary>
    /// <exception cref="Errors.InvalidRequestException">It cannot be; the message says why.</exception>
    public async Task<ChatTurn> TakeAsync()
    {
        var turn = await TakeOnceAsync();

        // What another attempt has sent since it was looked for is found now, as it would have been a moment later.
        return turn.Result is SendResult.OtherRequest ? await TakeOnceAsync() : turn;
    }

    private async Task<ChatTurn> TakeOnceAsync()
    {
        if (body.IsRegeneration && await FindAgainAsync() is { } again)
        {
            return new ChatTurn(await sender.RegenerateAsync(again.Id, body.OnBusy ?? BusyPolicy.Interrupt));
        }

        return body.Last switch
        {
            null => throw RequestReading.Invalid("'messageId' names no message of this chat, and there is none in 'messages'."),
            { Role: "user" } message => new ChatTurn(await SubmitAsync(message)),
            { IsAssistant: true } message => await ContinueAsync(message),
            _ => throw RequestReading.Invalid($"'{body.LastPlace}' is what is replied to; its role is \"user\", or \"assistant\" with outputs of tools."),
        };
    }

    // The message to reply to once more, or a reply to it. Null where a user's message is to be sent for that, which may be there.
    private async Task<Message?> FindAgainAsync()
    {
        if (UiMessage.In(found.Id, body.MessageId) is { } ours && await conversation.GetMessageAsync(ours) is { } named)
        {
            return named;
        }

        return body.Last is { IsAssistant: true } last ? await known.FindAsync(last)
            : body is { Last: null, MessageId: null } && found.Head is { } head ? await conversation.GetMessageAsync(head)
            : null;
    }

    private async Task<SendResult> SubmitAsync(UiMessage message)
    {
        var said = UiContent.Said(message, body.LastPlace);
        var name = await known.NameForAsync(message, said);
        var there = await known.FindAsync(message);
        var isEdit = body.MessageId is not null && body.MessageId == message.Id;
        var place = there is null ? await PlaceAsync(message, isEdit) : default;
        var request = new SendMessage(said.Content, body.Model)
        {
            Parts = said.Parts,
            HasParent = place.HasParent,
            Parent = place.Parent,
            Preceding = place.Preceding.IsDefault ? [] : place.Preceding,
            OnBusy = body.OnBusy ?? (isEdit || await sender.IsAboveRunningAsync(place.Parent) ? BusyPolicy.Interrupt : BusyPolicy.Reject),
        };
        return await sender.SendAsync(request, name, there);
    }

    // Another step of a model's message: its tools have answered.
    private async Task<ChatTurn> ContinueAsync(UiMessage message)
    {
        var results = UiContent.LastResults(message);
        if (await known.FindAsync(message) is not { } step)
        {
            return await ContinueUnknownAsync(message);
        }

        if (step.ToolCalls.IsEmpty)
        {
            throw RequestReading.Invalid($"'{body.LastPlace}' calls no tools, and so there is nothing to reply to. The last message is a user's, or one with outputs of tools.");
        }

        if (step.ToolCalls.FirstOrDefault(call => results.All(result => result.ToolCallId != call.Id)) is { } open)
        {
            throw RequestReading.Invalid($"'{body.LastPlace}' has no output for the tool call '{open.Id}' ({open.Name}). A reply waits for the outputs of all calls.");
        }

        var answers = results.Where(result => step.ToolCalls.Any(call => call.Id == result.ToolCallId)).ToImmutableArray();
        PartRules.Check($"{body.LastPlace}.parts", answers, Limits.Content);
        var name = $"{ChatId.NameOf(step.Id)}:{KnownMessages.HashOf(string.Join('\n', answers.Select(answer => $"{answer.ToolCallId}\n{answer.Content}")))}";
        var request = new SendMessage("", body.Model)
        {
            ToolResults = answers,
            HasParent = true,
            Parent = step.Id,
            OnBusy = body.OnBusy ?? BusyPolicy.Reject,
        };
        return new ChatTurn(await sender.SendAsync(request, name, await known.NamedAsync(name)), message.Id);
    }

    private async Task<ChatTurn> ContinueUnknownAsync(UiMessage message)
    {
        var steps = UiContent.All(message).ToImmutableArray();
        if (steps is not [.., { Role: MessageRole.Tool } results])
        {
            throw RequestReading.Invalid($"'{body.LastPlace}' is a model's message without outputs of tools, and so there is nothing to reply to.");
        }

        PartRules.Check($"{body.LastPlace}.parts", results.ToolResults, Limits.Content);
        var place = await PlaceAsync(message, isEdit: false);
        var request = new SendMessage("", body.Model)
        {
            ToolResults = results.ToolResults,
            HasParent = place.HasParent,
            Parent = place.Parent,
            Preceding = [.. place.Preceding, .. steps[..^1]],
            OnBusy = body.OnBusy ?? BusyPolicy.Reject,
        };
        return new ChatTurn(await sender.SendAsync(request, null, null), message.Id);
    }

    // What a new message follows: the last of those before it that is from here, and then those that are not.
    private async Task<(bool HasParent, string? Parent, ImmutableArray<PastMessage> Preceding)> PlaceAsync(UiMessage message, bool isEdit)
    {
        if (body.Messages is not { } messages)
        {
            return isEdit && await OriginalAsync(message) is { } original ? (true, original.Parent, []) : (false, null, []);
        }

        var preceding = new Stack<UiMessage>();
        for (var i = messages.Count - 2; i >= 0; i--)
        {
            if (messages[i].Role != "system" && await known.FindAsync(messages[i]) is { } last)
            {
                return (true, last.Id, PastOf(preceding));
            }

            preceding.Push(messages[i]);
            if (preceding.Count > Limits.Messages)
            {
                throw RequestReading.Invalid($"'messages' has more than {Limits.Messages} messages that are not from this chat; {Limits.Messages} are allowed.");
            }
        }

        return (true, null, PastOf(preceding));
    }

    // What an edited message was at first.
    private async Task<Message?> OriginalAsync(UiMessage message) =>
        UiMessage.In(found.Id, message.Id) is { } ours ? await conversation.GetMessageAsync(ours) : await known.NamedAsync(ChatId.NameOf(message.Id!));

    private static ImmutableArray<PastMessage> PastOf(IEnumerable<UiMessage> messages) => [.. messages.SelectMany(UiContent.All)];
}
