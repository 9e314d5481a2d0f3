namespace OrleansChat.Cluster.Tests;

/// <summary>Takes the place of the cluster tests in a build against the stand-in, so that a test run says what it did not prove.</summary>
public sealed class NeedsACluster
{
    /// <summary>Orleans' own packages bring the tests that this one stands for.</summary>
    [Fact(Skip = "This build has the single-process stand-in for Orleans, which has no clusters; the tests of clusters need Orleans itself.")]
    public void ConversationsAndDeliveryWithSeveralSilos()
    {
        // Skipped.
    }
}
