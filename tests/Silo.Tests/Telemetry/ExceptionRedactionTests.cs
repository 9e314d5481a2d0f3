using System.Diagnostics;
using OrleansChat.Telemetry;

namespace OrleansChat.Silo.Tests.Telemetry;

public sealed class ExceptionRedactionTests : IDisposable
{
    private readonly ActivitySource source = new($"{nameof(ExceptionRedactionTests)} {Guid.NewGuid()}");
    private readonly ActivityListener sampling;
    private readonly IDisposable redaction;

    public ExceptionRedactionTests()
    {
        sampling = new ActivityListener
        {
            ShouldListenTo = listened => listened == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(sampling);
        redaction = ExceptionRedaction.Start([source.Name]);
    }

    public void Dispose()
    {
        redaction.Dispose();
        sampling.Dispose();
        source.Dispose();
    }

    [Fact]
    public void What_an_exception_and_its_causes_say_is_in_no_event_and_what_they_are_is()
    {
        using var activity = source.StartActivity("request")!;

        activity.AddException(Thrown());

        var tags = Assert.Single(activity.Events).Tags.ToDictionary(tag => tag.Key, tag => $"{tag.Value}");
        Assert.Equal(["exception.message", "exception.stacktrace", "exception.type"], tags.Keys.Order());
        Assert.Equal("HttpRequestException < IOException", tags["exception.message"]);
        Assert.Equal("System.Net.Http.HttpRequestException", tags["exception.type"]);
        Assert.Contains(nameof(Thrown), tags["exception.stacktrace"], StringComparison.Ordinal);
        Assert.All(tags.Values, value => Assert.DoesNotContain("secret", value, StringComparison.Ordinal));
    }

    [Fact]
    public void Nor_is_it_in_the_tags_that_Orleans_gives_a_call_which_keep_its_type()
    {
        var activity = source.StartActivity("call")!;
        var thrown = Thrown();
        activity.SetTag("exception.type", thrown.GetType().FullName);
        activity.SetTag("exception.message", thrown.Message);
        activity.SetTag("exception.stacktrace", thrown.ToString());
        activity.SetTag("rpc.method", "Read");

        activity.Stop();

        Assert.Equal(
            [new("exception.type", "System.Net.Http.HttpRequestException"), new("rpc.method", "Read")], activity.TagObjects.OrderBy(tag => tag.Key));
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
