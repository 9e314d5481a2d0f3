using System.Text.Json;
using OrleansChat.Conversations;
using OrleansChat.Errors;

namespace OrleansChat.Requests;

/// <summary>Reads what callers send, and tells them what is wrong with it.</summary>
internal static class RequestReading
{
    /// <summary>Reads and checks a JSON body.</summary>
    /// <exception cref="InvalidRequestException">It is missing, not JSON, or not what the call takes.</exception>
    public static async Task<T> ReadBodyAsync<T>(this HttpRequest request)
        where T : class, IRequestBody<T>
    {
        if (!request.HasJsonContentType())
        {
            throw new InvalidRequestException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The body has to be JSON, with the header Content-Type: application/json. It takes {T.Shape}.");
        }

        T? body;
        try
        {
            body = JsonSerializer.Deserialize((await JsonBody.ReadAsync(request)).Span, T.TypeInfo);
        }
        catch (JsonException e)
        {
            var place = e.Path is null or "$" ? "The body" : $"The body's '{Repeated.Of(e.Path)}'";
            throw Invalid($"{place} is not valid here. The body takes {T.Shape}.");
        }

        if (body is null)
        {
            throw Invalid($"The body is null. It takes {T.Shape}.");
        }

        body.Validate();
        return body;
    }

    /// <summary>Reads and checks a JSON body that may be missing altogether, and then says nothing.</summary>
    /// <exception cref="InvalidRequestException">It is not JSON, or not what the call takes.</exception>
    public static async Task<T> ReadOptionalBodyAsync<T>(this HttpRequest request)
        where T : class, IRequestBody<T>, new() =>
        request.ContentLength is 0 || (request is { ContentLength: null, ContentType: null } && await request.HasNoBodyAsync())
            ? new T()
            : await request.ReadBodyAsync<T>();

    /// <summary>Reads <c>?limit=</c>.</summary>
    /// <exception cref="InvalidRequestException">It is not a number in range.</exception>
    public static int ReadLimit(string? limit)
    {
        if (limit is null)
        {
            return Limits.DefaultPage;
        }

        return WholeNumber.TryParse(limit, out var number) && number is >= 1 and <= Limits.Page
            ? (int)number
            : throw Invalid($"The query parameter 'limit' is a whole number from 1 to {Limits.Page}.");
    }

    /// <summary>
    /// Reads a reader's cursor: <c>Last-Event-ID</c>, which browsers send when they reconnect, else <c>?after=</c>, or what the dialect calls
    /// it, else 0.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is not a sequence.</exception>
    public static long ReadCursor(HttpRequest request, string? after, string name = "after")
    {
        var header = request.Headers["Last-Event-ID"].ToString();
        var (text, place) = header.Length > 0 ? (header, "The header 'Last-Event-ID'") : (after, $"The query parameter '{name}'");
        if (text is null)
        {
            return 0;
        }

        return WholeNumber.TryParse(text, out var cursor)
            ? cursor
            : throw Invalid($"{place} is the sequence of an event: a whole number, 0 or more. It comes as the id of each event.");
    }

    /// <summary>Reads a query parameter that is a conversation's id, and may be missing.</summary>
    /// <exception cref="InvalidRequestException">It is no such id.</exception>
    public static ConversationId? ReadConversation(string name, string? text) =>
        text is null ? null
        : ConversationId.TryParse(text, out var id) ? id
        : throw Invalid($"The query parameter '{name}' is a conversation's id.");

    /// <summary>Reads a query parameter that takes one of a few words.</summary>
    /// <exception cref="InvalidRequestException">It is another.</exception>
    public static T ReadChoice<T>(string name, string? value, T otherwise, params ReadOnlySpan<(string Word, T Meaning)> choices)
    {
        if (value is null)
        {
            return otherwise;
        }

        foreach (var (word, meaning) in choices)
        {
            if (value == word)
            {
                return meaning;
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
        {
            words.Add($"'{word}'");
        }

        throw Invalid($"The query parameter '{name}' is {string.Join(" or ", words)}.");
    }

    /// <summary>Checks that a request does not have two query parameters of which each makes the other void.</summary>
    /// <exception cref="InvalidRequestException">It has both.</exception>
    public static void RefuseBoth(string name, string? value, string other, string? otherValue)
    {
        if (value is not null && otherValue is not null)
        {
            throw Invalid($"The query parameters '{name}' and '{other}' exclude each other.");
        }
    }

    /// <summary>Whether the caller asks for server-sent events.</summary>
    public static bool WantsEvents(this HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));

    // One that comes in chunks has no length, and may be a body all the same.
    private static async Task<bool> HasNoBodyAsync(this HttpRequest request)
    {
        var body = await WholeBody.ReadAsync(request);
        request.Body = body;
        return body.Length == 0;
    }

    /// <summary>The exception for a request that breaks a rule.</summary>
    public static InvalidRequestException Invalid(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
