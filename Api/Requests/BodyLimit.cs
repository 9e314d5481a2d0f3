using Microsoft.AspNetCore.Http.Metadata;

namespace OrleansChat.Requests;

/// <summary>How many bytes the bodies of an endpoint may have, where that is not <see cref="Limits.BodyBytes"/>.</summary>
/// <param name="bytes">How many, once that is configured.</param>
internal sealed class BodyLimit(Func<int> bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes();
}

/// <summary>Says of endpoints how large their bodies may be.</summary>
internal static class BodyLimitExtensions
{
    /// <summary>Has an endpoint take bodies of other sizes than most.</summary>
    public static TBuilder TakesBodyOf<TBuilder>(this TBuilder endpoint, Func<int> bytes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BodyLimit(bytes));

    /// <summary>Has an endpoint take bodies that bring a whole exchange along.</summary>
    public static TBuilder TakesWholeExchange<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.TakesBodyOf(() => Limits.ExchangeBytes);
}
