namespace OrleansChat.Errors;

/// <summary>A request that cannot be understood, or asks for more than is allowed.</summary>
/// <param name="status">The response's status, 4xx.</param>
/// <param name="detail">What was wrong and what is allowed, for the caller to read.</param>
internal sealed class InvalidRequestException(int status, string detail) : Exception(detail)
{
    /// <summary>The response's status.</summary>
    public int Status => status;
}
