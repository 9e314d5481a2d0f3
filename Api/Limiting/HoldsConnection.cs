namespace OrleansChat.Limiting;

/// <summary>Marks an endpoint whose requests may be held open for long: until a reply has ended, for ever, or for as long as a caller
/// takes to send or to take what is large.</summary>
/// <param name="Applies">Which of its requests are.</param>
internal sealed record HoldsConnection(Func<HttpRequest, bool> Applies)
{
    /// <summary>All of them.</summary>
    public static readonly HoldsConnection Always = new(_ => true);
}
