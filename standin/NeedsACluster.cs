namespace OrleansChat.Cluster.Tests;

/// <summary>Takes the place of the cluster tests in a build against the stand-in, so that a test run says what it did not prove.</summary>
public sealed class NeedsACluster
{
    /// <summary>Orleans' own packages bring the tests that this one stands for.</summary>
    [Fact(Skip = "Orleans' packages are missing: this build has a single-process stand-in for them, which has no clusters.")]
    public void ConversationsAndDeliveryWithSeveralSilos()
    {
        // Skipped.
    }
}
