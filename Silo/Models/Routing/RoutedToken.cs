using System.Text;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Routing;

/// <summary>An endpoint's token with the endpoint's place, as no other knows the response. Two are equal if they name the same response.</summary>
/// <param name="place">The endpoint's <see cref="ModelEndpoint.Place"/>.</param>
/// <param name="response">The endpoint's own token.</param>
internal sealed class RoutedToken(string place, ResponseContinuationToken response) : ResponseContinuationToken
{
    /// <summary>Where the response is.</summary>
    public string Place { get; } = place;

    /// <summary>What the response is called there.</summary>
    public ResponseContinuationToken Response { get; } = response;

    /// <summary>Reads a token, which may have been a journal's or another process's meanwhile.</summary>
    /// <exception cref="ModelException">It is none of a router's.</exception>
    public static RoutedToken Read(ResponseContinuationToken token) => TryRead(token) ?? throw Lost();

    /// <summary>The fault of a response that no endpoint of the configuration has.</summary>
    public static ModelException Lost() =>
        new(ModelErrors.ResponseLost, "The endpoint that produces the response is not configured any more.");

    /// <summary>The token as text: the place, a line feed, then what the endpoint calls it.</summary>
    public override ReadOnlyMemory<byte> ToBytes() => (byte[])[.. Encoding.UTF8.GetBytes(Place), (byte)'\n', .. Response.ToBytes().Span];

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        obj is ResponseContinuationToken other && TryRead(other) is { } read && read.Place == Place && Response.Equals(read.Response);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Place);

    private static RoutedToken? TryRead(ResponseContinuationToken token)
    {
        if (token is RoutedToken own)
        {
            return own;
        }

        var bytes = token.ToBytes();
        var end = bytes.Span.IndexOf((byte)'\n');
        return end < 0 ? null : new RoutedToken(Encoding.UTF8.GetString(bytes.Span[..end]), FromBytes(bytes[(end + 1)..]));
    }
}
