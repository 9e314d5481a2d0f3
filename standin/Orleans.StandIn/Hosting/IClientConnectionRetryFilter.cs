namespace Orleans;

/// <summary>Decides whether a client tries again to reach a silo. Never asked here: a client is in the silo's own process, or an error.</summary>
public interface IClientConnectionRetryFilter
{
    /// <summary>Whether to try again.</summary>
    Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
}
