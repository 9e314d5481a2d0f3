using System.ClientModel;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace OrleansChat.Models.OpenAI;

/// <summary>Turns what can go wrong with an endpoint into the <see cref="ModelException"/> that a user may see.</summary>
internal static class UpstreamFaults
{
    /// <summary>An answer with a status other than success.</summary>
    public static ModelException Refused(int status, UpstreamError error, TimeSpan? retryAfter)
    {
        var (code, sentence) = status switch
        {
            429 => (ModelErrors.RateLimited, "The model endpoint asks for fewer requests"),
            401 or 403 => (ModelErrors.Rejected, "The model endpoint refused the configured key"),
            404 => (ModelErrors.Rejected, "The model endpoint does not know the configured model or path"),
            408 or >= 500 => (ModelErrors.Error, "The model endpoint failed"),
            >= 300 and < 400 => (ModelErrors.Rejected, "The model endpoint has moved"),
            _ => (ModelErrors.Rejected, "The model endpoint rejected the request"),
        };
        return new ModelException(code, $"{sentence} ({string.Join(", ", [$"HTTP {status}", .. Words(error)])}).")
        {
            Status = status,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>An error within the stream.</summary>
    public static ModelException Reported(UpstreamError error)
    {
        var words = Words(error) is [var word] ? $" ({word})" : "";
        return error.IsRateLimit
            ? new ModelException(ModelErrors.RateLimited, $"The model endpoint asks for fewer requests{words}.")
            : new ModelException(ModelErrors.Error, $"The model endpoint reported an error{words}.");
    }

    /// <summary>A success that is no event stream.</summary>
    public static ModelException NotAStream() =>
        new(ModelErrors.Malformed, "The model endpoint did not answer with an event stream.");

    /// <summary>A stream that ended before the model did.</summary>
    public static ModelException Truncated() =>
        new(ModelErrors.Truncated, "The model's reply was cut off before its end.");

    /// <summary>Whether an exception is a fault of the endpoint or of the way to it, provided that the caller has not cancelled.</summary>
    public static bool IsFault(Exception exception) =>
        exception is JsonException or InvalidDataException or HttpRequestException or IOException or SocketException
            or AuthenticationException or ClientResultException or OperationCanceledException;

    /// <summary>A fault that showed as an exception.</summary>
    public static ModelException Broken(Exception exception) => exception switch
    {
        // The SDK wraps what its transport throws.
        ClientResultException { InnerException: { } inner } => Broken(inner),

        // Not as the cause: its message quotes from what the model wrote.
        JsonException => new ModelException(ModelErrors.Malformed, "The model endpoint sent an event that is not JSON."),
        InvalidDataException => new ModelException(ModelErrors.Malformed, "The model endpoint sent an event that is too long.", exception),

        // Nor these: they quote the line that is wrong, and endpoints repeat keys and prompts. For a chunk that is wrong the handler has no word.
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null } =>
            new ModelException(ModelErrors.Malformed, "The model endpoint did not answer in HTTP."),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
            or HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new ModelException(ModelErrors.Malformed, "The model endpoint sent headers that are too long."),

        // The callers' own cancellation never comes here; what remains is the time to connect.
        OperationCanceledException => new ModelException(
            ModelErrors.ConnectTimeout, "The model endpoint did not take the connection in time.", exception),
        _ => Unreachable(exception, Reason(exception)),
    };

    private static ModelException Unreachable(Exception cause, string? reason) =>
        new(ModelErrors.Unreachable, $"The model endpoint could not be reached, or the connection broke{(reason is null ? "" : $" ({reason})")}.", cause);

    private static string? Reason(Exception exception) => exception switch
    {
        SocketException socket => socket.SocketErrorCode.ToString(),
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and not HttpRequestError.ConnectionError } http => http.HttpRequestError.ToString(),
        HttpIOException io => io.HttpRequestError.ToString(),
        { InnerException: { } inner } => Reason(inner),
        _ => null,
    };

    private static string[] Words(UpstreamError error) => (error.Code ?? error.Type) is { } word ? [word] : [];
}
