using OrleansChat.Limiting;

namespace OrleansChat.Api.Tests.Limiting;

/// <summary>The headers of draft-ietf-httpapi-ratelimit-headers-10.</summary>
public class RateLimitHeadersTests
{
    [Fact]
    public void Each_policy_has_its_quota_its_unit_and_its_window()
    {
        Assert.Equal(
            "\"requests\";q=600;w=60, \"replies\";q=16;qu=\"concurrent-requests\", \"connections\";q=64;qu=\"concurrent-requests\", \"tokens\";q=1000000;qu=\"tokens\";w=86400",
            RateLimitHeaders.PolicyOf(new OwnerLimits(16, 600, 64, 1_000_000)));
        Assert.Equal("\"replies\";q=1;qu=\"concurrent-requests\"", RateLimitHeaders.PolicyOf(new OwnerLimits(1, null, null, null)));
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(41.0, 41)]
    [InlineData(41.001, 42)]
    public void Who_waits_as_long_as_he_is_told_does_not_come_too_early(double seconds, int told) =>
        Assert.Equal($"\"requests\";r=599;t={told}", RateLimitHeaders.StateOf(new RequestCount(true, 599, TimeSpan.FromSeconds(seconds))));
}
