using System.Diagnostics;

namespace OrleansChat.Telemetry;

/// <summary>
/// Keeps what exceptions say out of traces, which leave the house. The runtime records them by itself, on requests to models too, and a malformed
/// answer is quoted in them: endpoints put keys and prompts there. Orleans does, of what grains throw. Their types stay, and of the runtime's where they came from.
/// </summary>
internal static class ExceptionRedaction
{
    // https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/
    private const string Message = "exception.message";
    private const string StackTrace = "exception.stacktrace";

    /// <summary>Begins it, until what is returned is disposed of. To be called before anybody who exports listens.</summary>
    /// <param name="sources">The names of the sources that are exported: to listen to others would cost them something.</param>
    public static IDisposable Start(IReadOnlyCollection<string> sources)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            ExceptionRecorder = RedactEvent,
            ActivityStopped = RedactTags,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // The runtime's way. What is there already is not added once more.
    private static void RedactEvent(Activity activity, Exception exception, ref TagList tags)
    {
        tags.Add(Message, string.Join(" < ", Causes(exception).Select(static cause => cause.GetType().Name)));
        tags.Add(StackTrace, exception.StackTrace ?? "");
    }

    // Orleans' way, whose stack trace begins with what the exception says.
    private static void RedactTags(Activity activity)
    {
        if (activity.GetTagItem(Message) is not null)
        {
            activity.SetTag(Message, null);
            activity.SetTag(StackTrace, null);
        }
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
