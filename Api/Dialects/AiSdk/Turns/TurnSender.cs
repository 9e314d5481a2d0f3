using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Messages;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk.Turns;

/// <summary>
/// Sends what a request comes to, once for each attempt: who asks again because he heard no answer attaches to what he started, and who
/// asks again because he wants another reply gets one.
/// </summary>
/// <param name="conversation">The chat's conversation.</param>
/// <param name="found">The conversation as it was before.</param>
/// <param name="body">The request.</param>
/// <param name="attempt">The request's name.</param>
/// <param name="now">The time.</param>
internal sealed class TurnSender(PatientConversation conversation, Conversation found, ChatBody body, RequestKey attempt, DateTimeOffset now)
{
    // For so long a request counts as a repetition of an equal one whose connection broke.
    private static readonly TimeSpan Repetition = TimeSpan.FromSeconds(60);

    // A name that the server found for a request, which the client knows nothing of.
    private const string Found = "auto:";

    private readonly GenerationOptions? options = body.ToOptions();

    /// <summary>Whether a message is the running reply, or what that replies to: who goes on after it has given the reply up.</summary>
    public async Task<bool> IsAboveRunningAsync(string? message) =>
        message is not null && found.Reply is { } running
        && (message == running || (await conversation.GetMessageAsync(running))?.Parent == message);

    /// <summary>Sends a message; or has another reply made to it, if another attempt has sent it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="name">What tells it from all others; null where nothing does but the attempt.</param>
    /// <param name="there">The message, if it is there already.</param>
    public async Task<SendResult> SendAsync(SendMessage message, string? name, Message? there)
    {
        if (there is null || name is not null)
        {
            var result = await conversation.SendAsync(message with
            {
                Options = options,
                Request = name ?? attempt.Value,
                Fingerprint = name is null ? attempt.Fingerprint : attempt.Value,
            });
            if (result is not SendResult.OtherRequest)
            {
                return await UnlessOverAsync(result);
            }

            if (there is null)
            {
                return name is not null && await WaitingAsync(message, name) is { } waiting ? waiting : result;
            }
        }

        if (!body.IsRegeneration && await ReplyJustNowAsync(there) is { } reply)
        {
            // Twice at once, as by an impatient finger.
            return new SendResult.Accepted(there.Id, reply, there.Sequence);
        }

        return await RegenerateAsync(there.Id, body.OnBusy ?? BusyPolicy.Interrupt);
    }

    /// <summary>Has another reply made.</summary>
    /// <param name="message">The message to reply to, or a reply to it.</param>
    /// <param name="onBusy">What to do while a reply runs.</param>
    public async Task<SendResult> RegenerateAsync(string message, BusyPolicy onBusy) => await UnlessOverAsync(await conversation.RegenerateAsync(
        Again(message, onBusy) with { Request = attempt.Value, Fingerprint = attempt.Fingerprint }));

    private RegenerateReply Again(string message, BusyPolicy onBusy) => new(message, body.Model) { Options = options, OnBusy = onBusy };

    // What another attempt has sent, as long as it waits. With another text it is another message, whatever it is called.
    private async Task<SendResult.Queued?> WaitingAsync(SendMessage message, string name) =>
        await conversation.MessageOfAsync(name) is { } known
        && (await conversation.FindMessageAsync(known)).Waiting is { } waiting
        && KnownMessages.IsSame(waiting.Content, waiting.Parts ?? [], message.Content, message.Parts)
            ? new SendResult.Queued(waiting.Id, null, waiting.Sequence)
            : null;

    // The reply that runs; to a message that came while this request was looked at, also one that is over by now.
    private async Task<string?> ReplyJustNowAsync(Message asked)
    {
        var current = await conversation.GetAsync();
        var reply = current?.Reply ?? (asked.Sequence > found.Sequence ? current?.Head : null);
        return reply is not null && (await conversation.GetMessageAsync(reply))?.Parent == asked.Id ? reply : null;
    }

    // Clients hang up when they are told of an error, and when they are stopped. Who then asks the same again wants more than to hear that
    // it is over, unless he says otherwise with a key of his own; so does who comes long after it was.
    private async Task<SendResult> UnlessOverAsync(SendResult result) =>
        result is SendResult.Accepted accepted && accepted.Sequence <= found.Sequence && attempt.Value.StartsWith(Found, StringComparison.Ordinal)
        && await conversation.GetMessageAsync(accepted.Reply) is { Status: not MessageStatus.InProgress } reply
        && (reply.Status != MessageStatus.Completed || now - found.UpdatedAt > Repetition)
            ? await conversation.RegenerateAsync(Again(accepted.Message, body.OnBusy ?? BusyPolicy.Interrupt))
            : result;
}
