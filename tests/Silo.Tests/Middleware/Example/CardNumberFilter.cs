using Microsoft.Extensions.AI;
using OrleansChat.Middleware;
using OrleansChat.Models;

namespace Example;

/// <summary>Keeps numbers of payment cards from models, and ends a reply that begins to write one.</summary>
public sealed class CardNumberFilter : IContentFilter
{
    private const int DigitsOfACard = 13;

    /// <inheritdoc />
    public ValueTask<ContentVerdict> CheckInputAsync(ModelInfo model, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var question = messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        return ValueTask.FromResult(new Digits().Follow(question)
            ? ContentVerdict.Refuse("Numbers of payment cards are not sent to models. Leave it out and ask again.")
            : ContentVerdict.Allow);
    }

    /// <inheritdoc />
    public IReplyFilter? WatchReply(ModelInfo model, IReadOnlyList<ChatMessage> messages) => new Watch();

    private sealed class Watch : IReplyFilter
    {
        private readonly Digits digits = new();

        public ValueTask<ContentVerdict> CheckAsync(ChatResponseUpdate piece, CancellationToken cancellationToken) =>
            ValueTask.FromResult(digits.Follow(piece.Text) ? ContentVerdict.Stop : ContentVerdict.Allow);
    }

    // Counts digits across pieces; spaces and hyphens do not interrupt a number.
    private sealed class Digits
    {
        private int count;

        public bool Follow(string text)
        {
            foreach (var c in text)
            {
                count = char.IsAsciiDigit(c) ? count + 1 : c is ' ' or '-' ? count : 0;
                if (count >= DigitsOfACard)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
