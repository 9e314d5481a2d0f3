using System.Diagnostics;

namespace OrleansChat.Telemetry;

/// <summary>
/// Keeps what exceptions say out of traces, which leave the house. The runtime records them by itself, on requests to models too, and a malformed
/// answer is quoted in them: endpoints put keys and prompts there. Their types and where they came from stay.
/// </summary>
internal static class ExceptionRedaction
{
    // https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/
    private const string Message = "exception.message";
    private const string StackTrace = "exception.stacktrace";

    /// <summary>Begins it, for all sources of this process, until what is returned is disposed of.</summary>
    public static IDisposable Start()
    {
        var listener = new ActivityListener { ShouldListenTo = static _ => true, ExceptionRecorder = Redact };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // What is there already is not added once more.
    private static void Redact(Activity activity, Exception exception, ref TagList tags)
    {
        tags.Add(Message, string.Join(" < ", Causes(exception).Select(static cause => cause.GetType().Name)));
        tags.Add(StackTrace, exception.StackTrace ?? "");
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
