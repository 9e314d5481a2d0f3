using Microsoft.AspNetCore.Mvc;

namespace OrleansChat.Errors;

/// <summary>What the router refuses before any operation is asked: paths, methods and content types that there are not.</summary>
internal static class Unrouted
{
    /// <summary>No operation has this path.</summary>
    public const string NotFound = "not_found";

    /// <summary>The path has operations, but none of this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>The operation takes no body of this content type.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>The problem with a request that was answered with this status; null where the router does not answer so.</summary>
    public static ProblemDetails? Of(HttpRequest request, int status)
    {
        var path = Repeated.Of(request.Path.Value ?? "");
        return status switch
        {
            StatusCodes.Status404NotFound => Problem(status, NotFound, $"There is nothing at {path}."),
            StatusCodes.Status405MethodNotAllowed => Problem(status, MethodNotAllowed, $"{path} does not take {request.Method}."),
            StatusCodes.Status415UnsupportedMediaType =>
                Problem(status, UnsupportedMediaType, $"{request.Method} {path} takes JSON, with the header Content-Type: application/json."),
            _ => null,
        };
    }

    /// <summary>A problem with its code.</summary>
    public static ProblemDetails Problem(int status, string code, string detail) => new()
    {
        Status = status,
        Detail = detail,
        Extensions = { ["code"] = code },
    };
}
