namespace OrleansChat.Testing.Faults;

/// <summary>A request that a <see cref="RecordedUpstream"/> got whole.</summary>
/// <param name="Head">Request line and headers, as they came.</param>
/// <param name="Body">The body.</param>
public sealed record RecordedRequest(string Head, string Body)
{
    /// <summary>The path with the query.</summary>
    public string Target => Head.Split(' ', 3)[1];
}
