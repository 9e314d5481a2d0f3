using System.Diagnostics;
using OrleansChat.Telemetry;

namespace OrleansChat.Silo.Tests.Telemetry;

public class ExceptionRedactionTests
{
    [Fact]
    public void What_an_exception_and_its_causes_say_is_in_no_trace_and_what_they_are_is()
    {
        using var source = new ActivitySource(nameof(ExceptionRedactionTests));
        using var sampling = new ActivityListener
        {
            ShouldListenTo = listened => listened == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(sampling);
        using var redaction = ExceptionRedaction.Start();
        using var activity = source.StartActivity("request")!;

        activity.AddException(Thrown());

        var tags = Assert.Single(activity.Events).Tags.ToDictionary(tag => tag.Key, tag => $"{tag.Value}");
        Assert.Equal(["exception.message", "exception.stacktrace", "exception.type"], tags.Keys.Order());
        Assert.Equal("HttpRequestException < IOException", tags["exception.message"]);
        Assert.Equal("System.Net.Http.HttpRequestException", tags["exception.type"]);
        Assert.Contains(nameof(Thrown), tags["exception.stacktrace"], StringComparison.Ordinal);
        Assert.All(tags.Values, value => Assert.DoesNotContain("secret", value, StringComparison.Ordinal));
    }

    private static HttpRequestException Thrown()
    {
        try
        {
            throw new HttpRequestException("a secret", new IOException("another secret"));
        }
        catch (HttpRequestException e)
        {
            return e;
        }
    }
}
