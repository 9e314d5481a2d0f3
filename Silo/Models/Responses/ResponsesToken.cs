using System.Text;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Responses;

/// <summary>Names a response and a place in its stream. Two are equal if they name the same response.</summary>
/// <param name="id">The response's id, such as <c>resp_abc</c>.</param>
/// <param name="after">The number of the last event that was read.</param>
internal sealed class ResponsesToken(string id, long after) : ResponseContinuationToken
{
    /// <summary>The response's id.</summary>
    public string Id { get; } = id;

    /// <summary>The number of the last event that was read.</summary>
    public long After { get; } = after;

    /// <summary>Reads a token, which may have been a journal's or another process's meanwhile.</summary>
    /// <exception cref="ModelException">It is not one of this provider's: the model has another provider now.</exception>
    public static ResponsesToken Read(ResponseContinuationToken token) =>
        TryRead(token) ?? throw new ModelException(ModelErrors.ResponseLost, "The model has another provider now.");

    /// <summary>The token as text: the number, then the id.</summary>
    public override ReadOnlyMemory<byte> ToBytes() => Encoding.UTF8.GetBytes($"{After}:{Id}");

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResponseContinuationToken other && TryRead(other)?.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    private static ResponsesToken? TryRead(ResponseContinuationToken token)
    {
        if (token is ResponsesToken own)
        {
            return own;
        }

        var parts = Encoding.UTF8.GetString(token.ToBytes().Span).Split(':', 2);
        return parts is [var number, { Length: > 0 } id] && long.TryParse(number, out var after) && after >= 0 ? new ResponsesToken(id, after) : null;
    }
}
